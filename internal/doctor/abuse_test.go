package doctor

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"testing"

	"tasuke/internal/relay/attack"
)

// alone says that this process is in the namespace that TestTheAttackIsWithstood made.
const alone = "TASUKE_TEST_ALONE"

// TestTheAttackIsWithstood plays it where there is nothing but loopback: should the
// relay fail, nothing can leave.
func TestTheAttackIsWithstood(t *testing.T) {
	t.Parallel()
	if os.Getenv(alone) == "" {
		args := []string{"--net", "--pid", "--fork", "--kill-child", "--mount-proc"}
		if os.Getuid() != 0 {
			args = append(args, "--map-root-user")
		}
		args = append(args, "sh", "-c", `ip link set lo up && "$@"`, "sh", os.Args[0], "-test.run=^TestTheAttackIsWithstood$", "-test.count=1")
		cmd := exec.CommandContext(context.Background(), "unshare", args...)
		cmd.Env = append(os.Environ(), alone+"=1")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("in a namespace of its own (needs root or user namespaces, util-linux and iproute2): %v\n%s", err, out)
		}
		return
	}
	var all found
	if err := Attack(Abuse{Listen: "127.0.0.1:0", Megabits: 100}, func(f Finding) { all = append(all, f) }); err != nil {
		t.Fatal(err)
	}
	for about, words := range map[string]string{"attack-udp": "reflection (answers to forged addresses): 5000", "attack-tcp": "range scan", "attack-tls": "range scan"} {
		all.says(t, about, Green, words)
	}
	for _, f := range all {
		if f.Mark != Green {
			t.Errorf("%+v", f)
		}
	}
}

func TestOnlyLoopbackIsAttacked(t *testing.T) {
	for _, listen := range []string{"0.0.0.0:0", ":0", "192.0.2.1:3478", "help.example.org:443"} {
		if err := Attack(Abuse{Listen: listen}, nil); !errors.Is(err, ErrNotLoopback) {
			t.Errorf("%s: %v", listen, err)
		}
	}
}

func TestWhatARelayDoesNotWithstandIsRed(t *testing.T) {
	var all found
	withstood(attack.Finding{Abuse: "range scan", What: "every address", Network: "tls", Tried: 3, Faults: []string{"the canary heard a packet"}}, func(f Finding) { all = append(all, f) })
	all.says(t, "attack-tls", Red, "the canary heard a packet")
}
