// Runs the program of a container as a Pod says: in a file tree of its own, as its user, without the capabilities it drops.
//
// It is given the path of a JSON file, expects a mount namespace of its own and the rights of root, and becomes the program.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"syscall"
)

// Mount shows a path of the machine at a path of the container.
type Mount struct {
	Source, Target string
	ReadOnly       bool
}

// Container is what is run.
type Container struct {
	Root             string
	ReadOnlyRoot     bool
	Mounts           []Mount
	Command          []string
	Env              []string
	WorkingDirectory string
	User, Group      int
	Groups           []int
	DropCapabilities bool
	NoNewPrivileges  bool
}

const (
	dropBoundingCapability = 24
	setNoNewPrivileges     = 38
	lastCapability         = 40
)

func main() {
	// Capabilities belong to a thread, and the thread that gives them up has to be the one that becomes the program.
	runtime.LockOSThread()
	content, err := os.ReadFile(os.Args[1])
	check("read", err)
	var container Container
	check("parse", json.Unmarshal(content, &container))
	mountAll(container)
	check("chroot", syscall.Chroot(container.Root))
	check("enter "+container.WorkingDirectory, os.Chdir(container.WorkingDirectory))
	giveUpRights(container)
	os.Clearenv()
	for _, variable := range container.Env {
		for i := range variable {
			if variable[i] == '=' {
				check("set "+variable, os.Setenv(variable[:i], variable[i+1:]))
				break
			}
		}
	}
	program, err := exec.LookPath(container.Command[0])
	check("find "+container.Command[0], err)
	check("run "+program, syscall.Exec(program, container.Command, container.Env))
}

func mountAll(container Container) {
	check("keep mounts to itself", syscall.Mount("", "/", "", syscall.MS_REC|syscall.MS_PRIVATE, ""))
	bind(Mount{Source: container.Root, Target: container.Root})
	for _, mount := range container.Mounts {
		place(mount.Source, filepath.Join(container.Root, mount.Target))
	}
	for _, folder := range []string{"/proc", "/dev"} {
		place("/", filepath.Join(container.Root, folder))
	}
	if container.ReadOnlyRoot {
		flags := uintptr(syscall.MS_REMOUNT | syscall.MS_BIND | syscall.MS_RDONLY)
		check("make the root read-only", syscall.Mount("", container.Root, "", flags, ""))
	}
	for _, mount := range container.Mounts {
		bind(Mount{mount.Source, filepath.Join(container.Root, mount.Target), mount.ReadOnly})
	}
	bind(Mount{Source: "/dev", Target: filepath.Join(container.Root, "dev")})
	check("mount proc", syscall.Mount("proc", filepath.Join(container.Root, "proc"), "proc", syscall.MS_NOSUID|syscall.MS_NODEV, ""))
	// As container runtimes set it: whoever is not root may listen on port 80.
	os.WriteFile(filepath.Join(container.Root, "proc/sys/net/ipv4/ip_unprivileged_port_start"), []byte("0"), 0)
}

// place makes what is mounted on.
func place(source, target string) {
	info, err := os.Stat(source)
	check("mount "+source, err)
	if info.IsDir() {
		check("make "+target, os.MkdirAll(target, 0o755))
		return
	}
	check("make "+target, os.MkdirAll(filepath.Dir(target), 0o755))
	file, err := os.OpenFile(target, os.O_CREATE, 0o644)
	check("make "+target, err)
	file.Close()
}

func bind(mount Mount) {
	check("mount "+mount.Source, syscall.Mount(mount.Source, mount.Target, "", syscall.MS_BIND|syscall.MS_REC, ""))
	if mount.ReadOnly {
		flags := uintptr(syscall.MS_REMOUNT | syscall.MS_BIND | syscall.MS_RDONLY)
		check("make read-only "+mount.Target, syscall.Mount("", mount.Target, "", flags, ""))
	}
}

func giveUpRights(container Container) {
	if container.DropCapabilities {
		for capability := 0; capability <= lastCapability; capability++ {
			syscall.RawSyscall(syscall.SYS_PRCTL, dropBoundingCapability, uintptr(capability), 0)
		}
	}
	if container.NoNewPrivileges {
		syscall.RawSyscall6(syscall.SYS_PRCTL, setNoNewPrivileges, 1, 0, 0, 0, 0)
	}
	check("set groups", syscall.Setgroups(container.Groups))
	check("set the group", syscall.Setresgid(container.Group, container.Group, container.Group))
	check("set the user", syscall.Setresuid(container.User, container.User, container.User))
}

func check(what string, err error) {
	if err != nil {
		fmt.Fprintf(os.Stderr, "container: cannot %s: %v\n", what, err)
		os.Exit(125)
	}
}
