// Command tasuke is remote help for organisations: one binary with the pages,
// the API, the relay and an embedded identity provider. Each subcommand parses,
// runs, waits and closes; everything else is in package server.
package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"

	"tasuke/internal/api"
)

// version is set by the linker.
var version = "dev"

// cli is the command line.
type cli struct {
	Demo    demoCmd    `cmd:"" help:"Try everything on this machine: SQLite, embedded identity provider and relay, six people. Loopback only."`
	Serve   serveCmd   `cmd:"" help:"Run the server."`
	Admin   adminCmd   `cmd:"" help:"Do what only the operator may."`
	Audit   auditCmd   `cmd:"" help:"Check the audit log."`
	Doctor  doctorCmd  `cmd:"" help:"Find out what is wrong, and what to do about it."`
	Config  configCmd  `cmd:"" help:"Look at the configuration."`
	Openapi openapiCmd `cmd:"" help:"Print the description of the API (OpenAPI 3.1, JSON)."`
	Version versionCmd `cmd:"" help:"Print the version."`
}

// world is what commands use of the outside.
type world struct {
	ctx    context.Context // done at the first SIGINT or SIGTERM
	out    io.Writer
	errOut io.Writer
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	api.Conventions()
	var c cli
	k := kong.Parse(&c, kong.Name("tasuke"), kong.Description("Remote help for organisations, in the browser, self-hosted."),
		kong.UsageOnError(), kong.ConfigureHelp(kong.HelpOptions{Compact: true}))
	if err := k.Run(&world{ctx: ctx, out: os.Stdout, errOut: os.Stderr}); err != nil {
		fmt.Fprintf(os.Stderr, "tasuke: %v\n", err)
		os.Exit(1)
	}
}

type versionCmd struct{}

// Run prints the version.
func (versionCmd) Run(w *world) error {
	_, err := fmt.Fprintln(w.out, "tasuke", version)
	return err
}

type openapiCmd struct{}

// Run prints the description of the API.
func (openapiCmd) Run(w *world) error {
	b, err := api.Describe(version)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(w.out, string(b))
	return err
}

// newLog writes structured lines to standard error.
func newLog(w io.Writer, level string) *slog.Logger {
	var l slog.Level
	_ = l.UnmarshalText([]byte(level)) // empty or checked before: info
	return slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{Level: l}))
}
