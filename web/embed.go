// Package web carries the built front end inside the binary. It owns the files
// and nothing else: server decides under which addresses and headers they are
// served. Before the first build the folder is empty but for .gitkeep.
package web

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// Files gives the built pages: one HTML file per surface at the top, hashed
// scripts and styles under assets/.
func Files() fs.FS {
	sub, err := fs.Sub(dist, "dist")
	if err != nil {
		panic(err) // "dist" is a valid path: fs.Sub cannot refuse it
	}
	return sub
}
