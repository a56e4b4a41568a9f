package main

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"tasuke/internal/identity"
	"tasuke/internal/idp"
	"tasuke/internal/server"
)

type adminCmd struct {
	CreateOrganisation createOrganisationCmd `cmd:"" help:"Make an organisation; prints a one-time link for its first administrator."`
	DeviceClaims       deviceClaimsCmd       `cmd:"" help:"Say what your provider's id tokens tell of devices."`
	Invite             inviteCmd             `cmd:"" help:"Make a local account; prints a one-time link to choose its password."`
}

// with opens the server's parts beside a running one, runs fn and closes them.
func (c configured) with(w *world, fn func(p *server.Parts, base string) error) error {
	cfg, err := c.load()
	if err != nil {
		return err
	}
	p, err := server.OpenParts(w.ctx, cfg, newLog(w.errOut, cfg.LogLevel))
	if err != nil {
		return err
	}
	return errors.Join(fn(p, strings.TrimSuffix(cfg.BaseURL, "/")), p.Close())
}

type createOrganisationCmd struct {
	configured
	ID           string   `required:"" help:"Short name in addresses: lower-case letters, digits, hyphens, at most 40." placeholder:"ID"`
	Name         string   `required:"" help:"Name as people know it." placeholder:"NAME"`
	Domain       []string `help:"E-mail domain that the organisation owns and that may be shown as verified; may be repeated." placeholder:"DOMAIN"`
	AdminName    string   `help:"With the embedded provider: full name of the first administrator." placeholder:"NAME"`
	AdminUser    string   `help:"With the embedded provider: what the first administrator signs in with." placeholder:"USER"`
	Issuer       string   `help:"Issuer of your own OpenID provider; without it people are kept by the embedded one." placeholder:"URL"`
	ClientID     string   `help:"Client id at your provider." placeholder:"ID"`
	SecretFile   string   `help:"File with the client secret at your provider; without it a public client." placeholder:"FILE" type:"existingfile"`
	Source       string   `help:"Where people are described: claims, or graph for Microsoft Entra ID." enum:"claims,graph" default:"claims"`
	Tenant       string   `help:"Required value of the claim tid (Microsoft Entra ID)." placeholder:"TENANT"`
	DomainClaim  string   `help:"Claim with the domain your provider vouches for, such as hd." placeholder:"CLAIM"`
	ClaimTitle   string   `help:"Claim with the job title." placeholder:"CLAIM"`
	ClaimCompany string   `help:"Claim with the company." placeholder:"CLAIM"`
	MFAValue     []string `help:"Value of acr that stands for several factors at your provider; may be repeated, the preferred first." placeholder:"ACR"`
	ClaimGroups  string   `help:"Claim with the groups; without it: groups." placeholder:"CLAIM"`
}

// Run makes the organisation, its provider, and the first administrator's link.
func (c createOrganisationCmd) Run(w *world) error {
	secret := ""
	if c.SecretFile != "" {
		b, err := os.ReadFile(c.SecretFile)
		if err != nil {
			return err
		}
		secret = strings.TrimSpace(string(b))
	}
	n := server.NewOrganisation{ID: c.ID, Name: c.Name, Domains: c.Domain, AdminName: c.AdminName, AdminUser: c.AdminUser, Provider: identity.Provider{
		Issuer: c.Issuer, ClientID: c.ClientID, ClientSecret: secret, Source: identity.ProfileSource(c.Source), Tenant: c.Tenant, DomainClaim: c.DomainClaim, MFAValues: c.MFAValue,
		Claims: identity.ClaimNames{Title: c.ClaimTitle, Company: c.ClaimCompany, Groups: c.ClaimGroups}}}
	return c.with(w, func(p *server.Parts, base string) error {
		link, err := p.CreateOrganisation(w.ctx, base, n)
		if err != nil {
			return err
		}
		fmt.Fprintf(w.out, "The organisation %s exists.\n", c.Name)
		if c.Issuer != "" {
			fmt.Fprintf(w.out, "Register this redirect address at your provider: %s\n", identity.CallbackURL(base, c.ID))
		}
		fmt.Fprintln(w.out, "Help is given on enrolled devices only, until the setting for unenrolled devices allows more: give people an enrolment link.")
		_, err = fmt.Fprintf(w.out, "First administrator, once, within 24 hours:\n\n  %s\n\n", link)
		return err
	})
}

type deviceClaimsCmd struct {
	configured
	Org       string   `required:"" help:"Id of the organisation." placeholder:"ID"`
	Device    string   `help:"Claim with the id by which the organisation knows the device (its external id), such as deviceid; without it nothing is believed." placeholder:"CLAIM"`
	Compliant string   `help:"Claim that says whether the device is compliant." placeholder:"CLAIM"`
	Value     []string `help:"Value of it that means compliant; may be repeated; without it: true." placeholder:"VALUE"`
}

// Run keeps the names of the claims; they count from the next sign-in on.
func (c deviceClaimsCmd) Run(w *world) error {
	return c.with(w, func(p *server.Parts, _ string) error {
		return p.SetDeviceClaims(w.ctx, identity.OrgID(c.Org), identity.DeviceClaims{ID: c.Device, Compliant: c.Compliant, Values: c.Value})
	})
}

type inviteCmd struct {
	configured
	Org        string   `required:"" help:"Id of the organisation." placeholder:"ID"`
	User       string   `required:"" help:"What the person signs in with." placeholder:"USER"`
	Name       string   `required:"" help:"Full name." placeholder:"NAME"`
	Title      string   `help:"Job title." placeholder:"TITLE"`
	Department string   `help:"Department." placeholder:"NAME"`
	Email      string   `help:"E-mail address, which you vouch for." placeholder:"ADDRESS"`
	Role       []string `help:"Built-in role of the person over everything, such as first_line_helper; may be repeated." placeholder:"ROLE"`
}

// Run makes the account and prints its link.
func (c inviteCmd) Run(w *world) error {
	v := server.Invitation{Org: c.Org, Roles: c.Role, Account: idp.NewAccount{
		Username: c.User, Name: c.Name, Title: c.Title, Department: c.Department, Email: c.Email, EmailVerified: c.Email != ""}}
	return c.with(w, func(p *server.Parts, _ string) error {
		link, err := p.Invite(w.ctx, v)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(w.out, "For %s, once, within 24 hours:\n\n  %s\n\n", c.Name, link)
		return err
	})
}

type auditCmd struct {
	Verify auditVerifyCmd `cmd:"" help:"Walk the audit chain of every organisation; fails at the first line that was altered."`
}

type auditVerifyCmd struct {
	configured
	Checkpoints string `help:"File of checkpoints to hold the chains against; without it: the one in the configuration." placeholder:"FILE" type:"path"`
}

// Run verifies every chain.
func (c auditVerifyCmd) Run(w *world) error {
	return c.with(w, func(p *server.Parts, _ string) error {
		chains, err := p.VerifyAudit(w.ctx)
		for _, v := range chains {
			fmt.Fprintf(w.out, "%s: %d lines, whole\n", v.Org, v.Lines)
		}
		if err != nil {
			return err
		}
		return c.compare(w, p)
	})
}

func (c auditVerifyCmd) compare(w *world, p *server.Parts) error {
	cfg, err := c.load()
	if err != nil {
		return err
	}
	path := c.Checkpoints
	if path == "" {
		path = cfg.AuditCheckpoints
	}
	if path == "" {
		return nil
	}
	n, err := p.VerifyCheckpoints(w.ctx, path)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w.out, "%d checkpoints agree\n", n)
	return err
}
