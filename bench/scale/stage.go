package main

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// stage is what a scripted server needs of a test, outside of one: what fails
// panics with the reason, and perform gives it back as an error.
type stage struct {
	testing.TB // nil: nothing else of it is called
	dir        string
	cleanups   []func()
}

func (s *stage) Helper()                      {}
func (s *stage) Fatal(args ...any)            { panic(failure(fmt.Sprint(args...))) }
func (s *stage) Fatalf(f string, args ...any) { s.Fatal(fmt.Sprintf(f, args...)) }
func (s *stage) Error(args ...any)            { fmt.Fprintln(os.Stderr, args...) }
func (s *stage) Errorf(f string, args ...any) { s.Error(fmt.Sprintf(f, args...)) }
func (s *stage) Cleanup(fn func())            { s.cleanups = append(s.cleanups, fn) }
func (s *stage) TempDir() string              { return s.dir }

type failure string

// perform runs a play, and what is to be tidied up after it.
func perform(folder string, play func(t testing.TB)) (err error) {
	s := &stage{dir: filepath.Join(folder, "stage")}
	if err := os.Mkdir(s.dir, 0o700); err != nil {
		return err
	}
	defer func() {
		if f, failed := recover().(failure); failed {
			err = fmt.Errorf("%s", f)
		}
		for i := range s.cleanups {
			s.cleanups[len(s.cleanups)-1-i]()
		}
	}()
	play(s)
	return nil
}
