package archtest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const (
	root   = "../.."
	module = "tasuke/"

	maxFile      = 500 // lines
	maxFunction  = 80  // lines
	longFunction = 45  // lines; at most one in ten may be longer
	maxInterface = 7   // methods
)

// pkg is one package of ours: its non-test files, parsed.
type pkg struct {
	name  string // as in the table: without module and internal/
	files map[string]*ast.File
}

var positions = token.NewFileSet()

// packages parses everything outside tests.
func packages(t *testing.T) []pkg {
	t.Helper()
	byDir := map[string]map[string]*ast.File{}
	err := filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || d.Name() == "testdata" || d.Name() == "tools" || (strings.HasPrefix(d.Name(), ".") && d.Name() != ".." && path != root)) {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		f, err := parser.ParseFile(positions, path, nil, parser.ParseComments)
		if err != nil {
			return err
		}
		dir := filepath.ToSlash(filepath.Dir(path))
		if byDir[dir] == nil {
			byDir[dir] = map[string]*ast.File{}
		}
		byDir[dir][path] = f
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var out []pkg
	for dir, files := range byDir {
		out = append(out, pkg{name: nameOf(strings.TrimPrefix(dir, root+"/")), files: files})
	}
	if len(out) < 10 {
		t.Fatalf("only %d packages found", len(out))
	}
	return out
}

func nameOf(path string) string { return strings.TrimPrefix(path, "internal/") }

// table reads the import table.
func table(t *testing.T) map[string][]string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(root, "ARCHITECTURE.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, found := strings.Cut(string(b), "## Who may import whom")
	if !found {
		t.Fatal("ARCHITECTURE.md has no import table")
	}
	rest, _, _ = strings.Cut(rest, "\n## ")
	out := map[string][]string{}
	for line := range strings.Lines(rest) {
		cells := strings.Split(line, "|")
		if len(cells) != 4 || strings.Contains(line, "---") || strings.Contains(line, "may import") {
			continue
		}
		var may []string
		for _, name := range strings.Split(cells[2], ",") {
			may = append(may, expand(strings.TrimSpace(name))...)
		}
		out[strings.TrimSpace(cells[1])] = may
	}
	return out
}

func expand(name string) []string {
	switch name {
	case "nothing":
		return nil
	case "domain":
		return []string{"assist", "access", "device", "identity", "fault"}
	}
	return []string{name}
}

func TestImportsFollowTheTable(t *testing.T) {
	rules := table(t)
	for _, p := range packages(t) {
		may, listed := rules[p.name]
		if !listed {
			t.Errorf("package %s is not in the import table", p.name)
			continue
		}
		for path, f := range p.files {
			for _, i := range f.Imports {
				target, _ := strconv.Unquote(i.Path.Value)
				name := nameOf(strings.TrimPrefix(target, module))
				if strings.HasPrefix(target, module) && !slices.Contains(may, name) && !slices.Contains(may, "everything") {
					t.Errorf("%s: %s may not import %s", path, p.name, name)
				}
			}
		}
	}
}

// TestDomainIsPure: what the domain must not know.
func TestDomainIsPure(t *testing.T) {
	banned := []string{"context", "net", "net/http", "database/sql", "log", "log/slog", "math/rand", "math/rand/v2", "crypto/rand", "os", "sync", "encoding/json"}
	for _, p := range packages(t) {
		if !slices.Contains([]string{"assist", "access", "identity", "fault"}, p.name) {
			continue
		}
		for path, f := range p.files {
			for _, i := range f.Imports {
				if target, _ := strconv.Unquote(i.Path.Value); slices.Contains(banned, target) {
					t.Errorf("%s: the domain may not import %s", path, target)
				}
			}
			ast.Inspect(f, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.GoStmt:
					t.Errorf("%s: the domain starts no goroutine", positions.Position(n.Pos()))
				case *ast.SelectorExpr:
					if x, ok := n.X.(*ast.Ident); ok && x.Name == "time" && n.Sel.Name == "Now" {
						t.Errorf("%s: the domain has no clock", positions.Position(n.Pos()))
					}
				}
				return true
			})
		}
	}
}

func TestOnePackageCommentEach(t *testing.T) {
	for _, p := range packages(t) {
		comments := 0
		for _, f := range p.files {
			if f.Doc != nil {
				comments++
			}
		}
		if comments != 1 {
			t.Errorf("package %s has %d package comments", p.name, comments)
		}
	}
}

func TestSizes(t *testing.T) {
	functions, long := 0, 0
	for _, p := range packages(t) {
		for path, f := range p.files {
			if lines := positions.Position(f.End()).Line; lines > maxFile {
				t.Errorf("%s has %d lines", path, lines)
			}
			ast.Inspect(f, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.FuncDecl:
					lines := positions.Position(n.End()).Line - positions.Position(n.Pos()).Line + 1
					functions++
					if lines > longFunction {
						long++
					}
					if lines > maxFunction {
						t.Errorf("%s: %s has %d lines", positions.Position(n.Pos()), n.Name.Name, lines)
					}
				case *ast.InterfaceType:
					if n.Methods.NumFields() > maxInterface {
						t.Errorf("%s: an interface of %d methods", positions.Position(n.Pos()), n.Methods.NumFields())
					}
				}
				return true
			})
		}
	}
	if long*10 > functions {
		t.Errorf("%d of %d functions have over %d lines", long, functions, longFunction)
	}
}

// TestNoInit: composition is one list in one function, and nothing happens by import.
func TestNoInit(t *testing.T) {
	for _, p := range packages(t) {
		for _, f := range p.files {
			for _, d := range f.Decls {
				if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.Name == "init" {
					t.Errorf("%s: init", positions.Position(fn.Pos()))
				}
			}
		}
	}
}

// TestOnlyStoreSaysInPerson: whoever has an actor writes audit lines as the actor's
// author, which names the token; the store knows of sign-ins, which have none.
func TestOnlyStoreSaysInPerson(t *testing.T) {
	said := map[string]bool{}
	for _, p := range packages(t) {
		for _, f := range p.files {
			ast.Inspect(f, func(n ast.Node) bool {
				if s, ok := n.(*ast.SelectorExpr); ok && s.Sel.Name == "InPerson" {
					said[p.name] = true
				}
				return true
			})
		}
	}
	delete(said, "server") // the demo's invented past
	if len(said) != 1 || !said["store"] {
		t.Errorf("identity.InPerson is used in %v", said)
	}
}
