package main

import (
	"context"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"tasuke/internal/config"
	"tasuke/internal/doctor"
)

type doctorCmd struct {
	Server string `help:"Look at this server from here, as a browser would." placeholder:"URL"`
	configured
	Attack bool   `help:"Play the relay's abuses against a relay that is started for this, on loopback only; takes half a minute."`
	Listen string `help:"Where that relay is started." placeholder:"HOST:PORT" default:"127.0.0.1:0"`
	CA     string `help:"Certificate authority to trust beside this machine's own (PEM)." placeholder:"FILE" type:"existingfile"`
	JSON   bool   `help:"Print the findings as JSON."`
}

// Validate wants to be told what to look at.
func (c doctorCmd) Validate() error {
	if c.Attack {
		if c.Server != "" || !config.LoopbackListen(c.Listen) {
			return doctor.ErrNotLoopback
		}
		return nil
	}
	if (c.Server != "") == (c.Config != "" || len(c.Set) > 0) {
		return errors.New("say what to look at: --server URL, or --config FILE on the server's own machine, or --attack")
	}
	return nil
}

// Run looks, and fails when something is red.
func (c doctorCmd) Run(w *world) error {
	r := &report{out: w.out, json: c.JSON, Findings: []doctor.Finding{}}
	if err := c.look(w.ctx, r.tell); err != nil {
		return err
	}
	return r.end()
}

func (c doctorCmd) look(ctx context.Context, tell doctor.Tell) error {
	if c.Attack {
		return c.attack(tell)
	}
	roots, err := c.roots()
	if err != nil {
		return err
	}
	if c.Server != "" {
		doctor.LookOutside(ctx, doctor.Outside{Base: c.Server, Roots: roots, Environ: os.Environ()}, tell)
	} else {
		doctor.LookInside(ctx, doctor.Inside{File: c.Config, Overrides: c.Set, Environ: os.Environ(), Roots: roots}, tell)
	}
	return nil
}

// attack plays with the limits of the configuration, when there is one.
func (c doctorCmd) attack(tell doctor.Tell) error {
	a := doctor.Abuse{Listen: c.Listen}
	if c.Config != "" || len(c.Set) > 0 {
		cfg, err := c.load()
		if err != nil {
			return err
		}
		a.Megabits = cfg.RelayMegabits
	}
	return doctor.Attack(a, tell)
}

// roots are this machine's and the named one; nil: this machine's.
func (c doctorCmd) roots() (*x509.CertPool, error) {
	if c.CA == "" {
		return nil, nil
	}
	b, err := os.ReadFile(c.CA)
	if err != nil {
		return nil, err
	}
	roots, err := x509.SystemCertPool()
	if err != nil {
		roots = x509.NewCertPool()
	}
	if !roots.AppendCertsFromPEM(b) {
		return nil, fmt.Errorf("%s has no certificate in it", c.CA)
	}
	return roots, nil
}

// report prints findings as they come, or all of them at the end as JSON.
type report struct {
	out  io.Writer
	json bool
	err  error // of printing

	Mark     doctor.Mark      `json:"mark"` // the worst
	Findings []doctor.Finding `json:"findings"`
}

func (r *report) tell(f doctor.Finding) {
	r.Findings = append(r.Findings, f)
	if r.Mark == "" || f.Mark == doctor.Red || (f.Mark == doctor.Amber && r.Mark == doctor.Green) {
		r.Mark = f.Mark
	}
	if r.json || r.err != nil {
		return
	}
	_, r.err = fmt.Fprintf(r.out, "%-5s  %-12s  %s\n", f.Mark, f.About, f.Text)
	if f.Fix != "" && r.err == nil {
		_, r.err = fmt.Fprintf(r.out, "%-5s  %-12s  → %s\n", "", "", f.Fix)
	}
}

func (r *report) end() error {
	if r.json {
		e := json.NewEncoder(r.out)
		e.SetIndent("", "  ")
		e.SetEscapeHTML(false)
		r.err = e.Encode(r)
	}
	red := 0
	for _, f := range r.Findings {
		if f.Mark == doctor.Red {
			red++
		}
	}
	if r.err == nil && red > 0 {
		return fmt.Errorf("%d of %d findings are red", red, len(r.Findings))
	}
	return r.err
}
