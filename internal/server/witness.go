package server

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"tasuke/internal/identity"
	"tasuke/internal/store"
)

// How far the file of checkpoints may be behind.
const (
	checkpointEvery = time.Minute
	checkpointLines = 1000 // or when so many lines are new
	checkpointLook  = 5 * time.Second
)

// checkpointLine is one line of the file.
type checkpointLine struct {
	At   time.Time `json:"at"`
	Note string    `json:"note"` // C2SP signed note
}

// readCheckpoints reads a file of checkpoints and checks every signature. A last
// line that a crash has cut off is left out.
func (p *Parts) readCheckpoints(path string) ([]store.Checkpoint, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var out []store.Checkpoint
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		var line checkpointLine
		if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
			if !lines.Scan() {
				break
			}
			return nil, fmt.Errorf("%s, line %d: %w", path, n, err)
		}
		c, err := p.Store.OpenCheckpoint(line.Note)
		if err != nil {
			return nil, fmt.Errorf("%s, line %d: %w", path, n, err)
		}
		out = append(out, c)
	}
	return out, lines.Err()
}

// witness appends checkpoints of the audit chains to the configured file while
// there is news, and once more at the end.
func (s *Server) witness(ctx context.Context) {
	written := map[identity.OrgID]int64{}
	before, err := s.readCheckpoints(s.cfg.AuditCheckpoints)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		s.log.Error("audit checkpoints cannot be read", "err", err)
	}
	for _, c := range before {
		written[c.Org] = c.Number
	}
	look, last := time.NewTicker(checkpointLook), time.Time{}
	defer look.Stop()
	for {
		news := int64(checkpointLines)
		if time.Since(last) >= checkpointEvery || ctx.Err() != nil {
			news, last = 1, time.Now()
		}
		if err := s.checkpoint(written, news); err != nil {
			s.log.Error("audit checkpoints were not written", "err", err)
		}
		if ctx.Err() != nil {
			return
		}
		select {
		case <-ctx.Done():
		case <-look.C:
		}
	}
}

// checkpoint writes one for every chain with so many new lines.
func (s *Server) checkpoint(written map[identity.OrgID]int64, news int64) error {
	ctx, cancel := context.WithTimeout(context.Background(), lookup)
	defer cancel()
	orgs, err := s.Store.Orgs(ctx)
	if err != nil {
		return err
	}
	for _, org := range orgs {
		c, err := s.Store.Head(ctx, org)
		switch {
		case err != nil:
			return err
		case c.Number < written[org]:
			return store.ErrAuditBroken.WithText("The audit log of %s has %d lines, but a checkpoint names line %d.", org, c.Number, written[org])
		case c.Number < written[org]+news:
			continue
		}
		if err := s.appendCheckpoint(c); err != nil {
			return err
		}
		written[org] = c.Number
	}
	return nil
}

func (s *Server) appendCheckpoint(c store.Checkpoint) error {
	note, err := s.Store.Sign(c)
	if err != nil {
		return err
	}
	b, err := json.Marshal(checkpointLine{At: time.Now().UTC(), Note: note})
	if err != nil {
		return err
	}
	f, err := os.OpenFile(s.cfg.AuditCheckpoints, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(append(b, '\n'))
	return errors.Join(err, f.Sync(), f.Close())
}

// VerifyCheckpoints holds every checkpoint of a file against the chains and
// returns how many there were.
func (p *Parts) VerifyCheckpoints(ctx context.Context, path string) (int, error) {
	all, err := p.readCheckpoints(path)
	if err != nil {
		return 0, err
	}
	for _, c := range all {
		if err := p.Store.Compare(ctx, c); err != nil {
			return 0, err
		}
	}
	return len(all), nil
}
