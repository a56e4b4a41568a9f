package main

import (
	"bufio"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/pion/stun/v4"

	"tasuke/internal/relay"
)

// account is what one seat allocates with.
type account struct{ Username, Password string }

// server is a running TURN server, ours or coturn.
type server struct {
	cmd      *exec.Cmd
	dir      string
	addr     map[string]string // by network
	accounts [][2]account      // by session

	realm stun.Realm // as told last
	nonce stun.Nonce
}

func startServer(name string, sessions int) (*server, error) {
	dir, err := os.MkdirTemp("", "relay-bench-")
	if err != nil {
		return nil, err
	}
	s := &server{dir: dir}
	if name == "coturn" {
		err = s.startCoturn(sessions)
	} else {
		err = s.startOurs(sessions)
	}
	if err != nil {
		return nil, errors.Join(err, s.stop())
	}
	return s, nil
}

func (s *server) stop() error {
	if s.cmd != nil && s.cmd.Process != nil {
		_ = s.cmd.Process.Signal(syscall.SIGTERM)
		_ = s.cmd.Wait()
	}
	return os.RemoveAll(s.dir)
}

// startCoturn uses it as Debian ships it, with as many relay threads as cores.
func (s *server) startCoturn(sessions int) error {
	plain, secure, err := twoPorts()
	if err != nil {
		return err
	}
	cert, key, err := writeCertificate(s.dir)
	if err != nil {
		return err
	}
	const user, password = "bench", "bench"
	s.cmd = exec.Command("turnserver", "-n", "--listening-ip", "127.0.0.1", "--relay-ip", "127.0.0.1",
		"--listening-port", strconv.Itoa(plain), "--tls-listening-port", strconv.Itoa(secure), "--cert", cert, "--pkey", key,
		"--lt-cred-mech", "--user", user+":"+password, "--realm", "bench", "--allow-loopback-peers", "--no-cli", "--no-dtls",
		"--no-stdout-log", "--log-file", filepath.Join(s.dir, "log"), "--simple-log", "--pidfile", filepath.Join(s.dir, "pid"))
	s.cmd.Dir = s.dir
	if err := s.cmd.Start(); err != nil {
		return fmt.Errorf("start coturn (apt-get install coturn): %w", err)
	}
	one := account{user, password}
	for range sessions {
		s.accounts = append(s.accounts, [2]account{one, one})
	}
	s.addr = map[string]string{"udp": at(plain), "tcp": at(plain), "tls": at(secure)}
	return s.answers()
}

// startOurs starts this program again as a relay and nothing else.
func (s *server) startOurs(sessions int) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	cert, key, err := writeCertificate(s.dir)
	if err != nil {
		return err
	}
	s.cmd = exec.Command(self, "serve", strconv.Itoa(sessions), cert, key)
	s.cmd.Stderr = os.Stderr
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := s.cmd.Start(); err != nil {
		return err
	}
	var told struct {
		Port, Secure int
		Accounts     [][2]account
	}
	line, err := bufio.NewReader(out).ReadBytes('\n')
	if err != nil {
		return fmt.Errorf("our relay did not start: %w", err)
	}
	if err := json.Unmarshal(line, &told); err != nil {
		return err
	}
	s.accounts = told.Accounts
	s.addr = map[string]string{"udp": at(told.Port), "tcp": at(told.Port), "tls": at(told.Secure)}
	return nil
}

// serve is the child: the relay with its limits as in the product.
func serve(args []string) error {
	if len(args) != 3 {
		return errors.New("serve needs the number of sessions, a certificate and its key")
	}
	sessions, err := strconv.Atoi(args[0])
	if err != nil {
		return err
	}
	r, err := relay.Start(relay.Options{Listen: "127.0.0.1:0", Live: func(string) bool { return true }})
	if err != nil {
		return err
	}
	defer r.Close()
	secure, err := serveTLS(r, args[1], args[2])
	if err != nil {
		return err
	}
	defer secure.Close()
	accounts, err := mint(r, sessions)
	if err != nil {
		return err
	}
	told := map[string]any{"Port": r.Port(), "Secure": secure.Addr().(*net.TCPAddr).Port, "Accounts": accounts}
	if err := json.NewEncoder(os.Stdout).Encode(told); err != nil {
		return err
	}
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGTERM, syscall.SIGINT)
	<-stop
	return nil
}

func mint(r *relay.Relay, sessions int) (accounts [][2]account, err error) {
	for i := range sessions {
		var pair [2]account
		for j, seat := range []string{"helper", "sharer"} {
			c, err := r.Credentials("s"+strconv.Itoa(i), seat, time.Now())
			if err != nil {
				return nil, err
			}
			pair[j] = account{c.Username, c.Password}
		}
		accounts = append(accounts, pair)
	}
	return accounts, nil
}

// serveTLS accepts for the relay, as the product's one port does.
func serveTLS(r *relay.Relay, cert, key string) (net.Listener, error) {
	pair, err := tls.LoadX509KeyPair(cert, key)
	if err != nil {
		return nil, err
	}
	l, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: []tls.Certificate{pair}})
	if err != nil {
		return nil, err
	}
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			r.ServeConn(c, time.Now().Add(10*time.Second))
		}
	}()
	return l, nil
}

// cpu is the processor time that the server has used: proc(5), fields 14 and 15
// of /proc/PID/stat, in hundredths of a second on every Linux.
func (s *server) cpu() (time.Duration, error) {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", s.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	_, rest, _ := strings.Cut(string(b), ") ") // the name may have blanks
	fields := strings.Fields(rest)
	if len(fields) < 13 {
		return 0, errors.New("the kernel does not tell the processor time of the server")
	}
	user, _ := strconv.Atoi(fields[11])
	system, _ := strconv.Atoi(fields[12])
	return time.Duration(user+system) * 10 * time.Millisecond, nil
}

// answers waits for the server to accept.
func (s *server) answers() error {
	for end := time.Now().Add(10 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		c, err := net.Dial("tcp", s.addr["tcp"])
		if err == nil {
			return c.Close()
		}
		if time.Now().After(end) {
			return err
		}
	}
}

func at(port int) string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(port)) }

// twoPorts finds ports that are free now.
func twoPorts() (a, b int, err error) {
	one, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, 0, err
	}
	defer one.Close()
	two, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, 0, err
	}
	defer two.Close()
	return one.Addr().(*net.TCPAddr).Port, two.Addr().(*net.TCPAddr).Port, nil
}
