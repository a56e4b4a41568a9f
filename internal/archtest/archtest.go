// Package archtest checks the code against ARCHITECTURE.md and against the rules
// that keep it readable: who imports whom, one package comment each, sizes of
// functions, files and interfaces. It holds no product code.
package archtest
