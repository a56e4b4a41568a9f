package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"

	"tasuke/internal/config"
	"tasuke/internal/server"
	"tasuke/web"
)

// configured are the flags of every command that needs the configuration.
type configured struct {
	Config string   `help:"Configuration file (TOML)." placeholder:"FILE" type:"path"`
	Set    []string `help:"Override one setting; may be repeated." placeholder:"KEY=VALUE" sep:"none"`
}

func (c configured) load() (config.Config, error) { return config.Load(c.Config, os.Environ(), c.Set) }

type configCmd struct {
	Check configCheckCmd `cmd:"" help:"Check file, environment and flags, and name every fault."`
}

type configCheckCmd struct{ configured }

// Run checks the configuration.
func (c configCheckCmd) Run(w *world) error {
	cfg, err := c.load()
	if err != nil {
		return err
	}
	if err := server.CheckCertificate(cfg); err != nil {
		return err
	}
	_, err = fmt.Fprintf(w.out, "The configuration is good: %s, listening on %s.\n", cfg.BaseURL, cfg.Listen)
	return err
}

type serveCmd struct{ configured }

// Run serves until it is told to stop.
func (c serveCmd) Run(w *world) error {
	cfg, err := c.load()
	if err != nil {
		return err
	}
	s, err := server.Start(w.ctx, cfg, server.Options{Log: newLog(w.errOut, cfg.LogLevel), Version: version, Pages: web.Files()})
	if err != nil {
		return err
	}
	orgs, err := s.Store.Orgs(w.ctx)
	if err != nil {
		return errors.Join(err, s.Close())
	}
	fmt.Fprintf(w.out, "Tasuke %s serves %s\n", version, cfg.BaseURL)
	if fingerprint := s.SelfSigned(); fingerprint != "" {
		fmt.Fprintf(w.out, "The certificate is self-signed, for trials: browsers warn of it, and may refuse TURN over TLS. It is the right one when its SHA-256 fingerprint is\n  %s\n", fingerprint)
	}
	if len(orgs) == 0 {
		fmt.Fprintln(w.out, "There is no organisation yet: run tasuke admin create-organisation.")
	}
	return wait(w.ctx, s)
}

func wait(ctx context.Context, s *server.Server) error {
	err := s.Wait(ctx)
	return errors.Join(err, s.Close())
}

type demoCmd struct {
	Listen   string `help:"Loopback address of everything: pages, API, and the relay by UDP and TCP." default:"127.0.0.1:8080"`
	Data     string `help:"Folder of the demo's data." default:"var/demo" type:"path"`
	LogLevel string `help:"debug, info, warn or error." default:"warn"`
	Large    bool   `help:"Fill the new demo with 20 000 people, 100 000 devices and 200 000 sessions of a year; takes a minute or two and half a gigabyte."`
	Seed     uint64 `help:"The same number invents the same people, devices and sessions." default:"1"`
}

// Run serves the demo until it is told to stop.
func (c demoCmd) Run(w *world) error {
	if !config.LoopbackListen(c.Listen) {
		return errors.New("the demo listens on loopback only: its passwords are on the console; use tasuke serve for others")
	}
	_, port, err := net.SplitHostPort(c.Listen)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return err
	}
	cfg, err := config.Load("", nil, []string{
		"base_url=http://localhost:" + port, "listen=" + c.Listen, "log_level=" + c.LogLevel,
		"database=sqlite:" + filepath.Join(c.Data, "tasuke.db"), "master_key_file=" + filepath.Join(c.Data, "master.key"),
	})
	if err != nil {
		return err
	}
	s, err := server.Start(w.ctx, cfg, server.Options{Log: newLog(w.errOut, cfg.LogLevel), Version: version, Pages: web.Files()})
	if err != nil {
		return err
	}
	people, err := s.Demo(w.ctx, c.Data)
	if err != nil {
		return errors.Join(err, s.Close())
	}
	if c.Large {
		if err := s.FillDemo(w.ctx, server.LargeDemo(c.Seed), progressTo(w.out)); err != nil {
			return errors.Join(err, s.Close())
		}
	}
	if err := c.welcome(w, cfg.BaseURL, people); err != nil {
		return errors.Join(err, s.Close())
	}
	return wait(w.ctx, s)
}

// progressTo prints how far filling has come, a line for each tenth.
func progressTo(w io.Writer) func(what string, done, of int) {
	return func(what string, done, of int) {
		if tenth := max(of/10, 1); done == of || done/tenth != (done-1)/tenth && done%tenth < tenth/2 {
			fmt.Fprintf(w, "%s: %d of %d\n", what, done, of)
		}
	}
}

func (c demoCmd) welcome(w *world, base string, people []server.DemoPerson) error {
	fmt.Fprintf(w.out, "\nTasuke is running. Two people are needed, so use two browsers, or a private window for the second one.\n\n")
	fmt.Fprintf(w.out, "  Give help    %s/help    (sign in as a helper)\n", base)
	fmt.Fprintf(w.out, "  Get help     %s/join    (sign in as a sharer)\n", base)
	fmt.Fprintf(w.out, "  Reports      %s/admin   (sign in as the administrator)\n\n", base)
	fmt.Fprintf(w.out, "  The demo helps on devices that are not enrolled, and warns of them. Enrol one at %s/enrol.\n\n", base)
	t := tabwriter.NewWriter(w.out, 0, 0, 3, ' ', 0)
	fmt.Fprintln(t, "  ROLE\tUSER NAME\tPASSWORD\tNAME")
	for _, p := range people {
		fmt.Fprintln(t, strings.Join([]string{"  " + p.Role, p.Username, p.Password, p.Name}, "\t"))
	}
	if err := t.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(w.out, "\nData: %s (delete the folder to begin anew). Stop with Ctrl-C.\n\n", c.Data)
	return err
}
