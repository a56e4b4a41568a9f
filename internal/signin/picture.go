package signin

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"

	"golang.org/x/image/draw"
	"golang.org/x/image/webp"

	"tasuke/internal/identity"
)

// Limits on pictures. The largest that fits into maxPixels takes 24 MB while
// it is decoded.
const (
	maxPicture  = maxAnswer // bytes as fetched
	maxPixels   = 6 << 20
	pictureSize = 256 // edge of what we keep, in pixels
	maxDecoding = 2   // pictures decoded at the same time
)

var errPicture = errors.New("not a picture we can show")

// pictureFrom fetches a picture and makes it ours. Whatever goes wrong, the
// sign-in goes on without one.
func (s *Service) pictureFrom(ctx context.Context, address, bearer string) []byte {
	if address == "" || !s.secureURL(address) {
		return nil
	}
	b, err := s.fetchPicture(ctx, address, bearer)
	if err != nil {
		s.log.Debug("picture left out", "cause", brief(err).Error())
		return nil
	}
	return b
}

func (s *Service) fetchPicture(ctx context.Context, address, bearer string) ([]byte, error) {
	b, _, err := s.get(ctx, address, bearer, "image/png, image/jpeg, image/webp, image/gif")
	if err != nil {
		return nil, err
	}
	select {
	case s.decoding <- struct{}{}:
		defer func() { <-s.decoding }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return Thumbnail(b)
}

// codec is one of the formats we read. The size is read before the pixels.
type codec struct {
	magic  string // first bytes; ? is any
	config func(io.Reader) (image.Config, error)
	decode func(io.Reader) (image.Image, error)
}

func codecs() []codec {
	return []codec{
		{"\x89PNG\r\n\x1a\n", png.DecodeConfig, png.Decode},
		{"\xff\xd8\xff", jpeg.DecodeConfig, jpeg.Decode},
		{"GIF8?a", gif.DecodeConfig, gif.Decode},
		{"RIFF????WEBP", webp.DecodeConfig, webp.Decode},
	}
}

func (c codec) reads(b []byte) bool {
	if len(b) < len(c.magic) {
		return false
	}
	for i := range len(c.magic) {
		if c.magic[i] != '?' && c.magic[i] != b[i] {
			return false
		}
	}
	return true
}

// Thumbnail turns a PNG, JPEG, GIF or WebP of at most 1 MiB into a square PNG
// of at most 256×256 pixels. Nothing of the original file remains.
func Thumbnail(b []byte) ([]byte, error) {
	if len(b) > maxPicture {
		return nil, errTooLarge
	}
	for _, c := range codecs() {
		if c.reads(b) {
			return c.thumbnail(b)
		}
	}
	return nil, errPicture
}

func (c codec) thumbnail(b []byte) ([]byte, error) {
	size, err := c.config(bytes.NewReader(b))
	if err != nil {
		return nil, err
	}
	if size.Width < 1 || size.Height < 1 || size.Width > maxPixels/size.Height {
		return nil, fmt.Errorf("%w: %d×%d pixels", errPicture, size.Width, size.Height)
	}
	full, err := c.decode(bytes.NewReader(b))
	if err != nil {
		return nil, err
	}
	crop := middleSquare(full.Bounds())
	edge := min(crop.Dx(), pictureSize)
	small := image.NewNRGBA(image.Rect(0, 0, edge, edge))
	draw.CatmullRom.Scale(small, small.Bounds(), full, crop, draw.Src, nil)
	var out bytes.Buffer
	if err := png.Encode(&out, small); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// middleSquare is the largest square in the middle of r.
func middleSquare(r image.Rectangle) image.Rectangle {
	edge := min(r.Dx(), r.Dy())
	x, y := r.Min.X+(r.Dx()-edge)/2, r.Min.Y+(r.Dy()-edge)/2
	return image.Rect(x, y, x+edge, y+edge)
}

// Picture returns the PNG of a person of the actor's organisation, and its
// content hash for caching. ErrPictureMissing: there is none to see.
func (s *Service) Picture(ctx context.Context, a identity.Actor, person identity.PersonID) (png []byte, hash string, err error) {
	png, hash, err = s.store.Picture(ctx, a.Person.Org, person)
	if isNotFound(err) {
		err = ErrPictureMissing
	}
	return png, hash, err
}
