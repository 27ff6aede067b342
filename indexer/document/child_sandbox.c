/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The kernel's interfaces directly, documented in landlock(7) and seccomp(2): libseccomp allocates,
 * which a child of a program with threads must not. */
#define _GNU_SOURCE
#include "indexer/document/child_sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* --- Landlock --- */

/* Rights of the first version, and those that later ones added (header files may be older). */
#define FS_FIRST ((1ULL << 13) - 1)
#define FS_REFER (1ULL << 13)     /* version 2 */
#define FS_TRUNCATE (1ULL << 14)  /* 3 */
#define FS_IOCTL_DEV (1ULL << 15) /* 5 */
#define NET_TCP 3ULL              /* 4: bind and connect */
#define SCOPES 3ULL               /* 6: abstract sockets and signals of others */

#define READ                                                                                       \
    (LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
#define READ_FILE (LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE)

/* struct landlock_ruleset_attr of version 6 */
struct ruleset {
    uint64_t fs, net, scoped;
};

static int landlock_version(void)
{
    return (int)syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
}

static void allow(int ruleset, const char *path, uint64_t rights)
{
    int folder = open(path, O_PATH | O_CLOEXEC);
    if (folder < 0)
        return; /* not on this machine */
    struct landlock_path_beneath_attr rule = { .allowed_access = rights, .parent_fd = folder };
    (void)syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    close(folder);
}

static bool enter_landlock(void)
{
    static const char *const FOLDERS[] = { "/usr",   "/bin",       "/lib",
                                           "/lib64", "/etc/fonts", "/var/cache/fontconfig" };
    static const char *const FILES[] = { "/etc/ld.so.cache", "/etc/papersize", "/dev/zero",
                                         "/dev/urandom" };
    int version = landlock_version();
    if (version < 1)
        return true;
    struct ruleset rules = { .fs = FS_FIRST };
    rules.fs |= (version >= 2 ? FS_REFER : 0) | (version >= 3 ? FS_TRUNCATE : 0) |
                (version >= 5 ? FS_IOCTL_DEV : 0);
    rules.net = version >= 4 ? NET_TCP : 0;
    rules.scoped = version >= 6 ? SCOPES : 0;
    size_t size = version >= 6   ? sizeof(rules)
                  : version >= 4 ? offsetof(struct ruleset, scoped)
                                 : offsetof(struct ruleset, net);
    int ruleset = (int)syscall(SYS_landlock_create_ruleset, &rules, size, 0);
    if (ruleset < 0)
        return false;
    for (size_t i = 0; i < sizeof(FOLDERS) / sizeof(FOLDERS[0]); i++)
        allow(ruleset, FOLDERS[i], READ);
    for (size_t i = 0; i < sizeof(FILES) / sizeof(FILES[0]); i++)
        allow(ruleset, FILES[i], READ_FILE);
    allow(ruleset, "/dev/null", READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE);
    bool entered = syscall(SYS_landlock_restrict_self, ruleset, 0) == 0;
    close(ruleset);
    return entered;
}

/* --- seccomp --- */

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#define OTHER_ABI 0x40000000u /* x32: the same calls by other numbers */
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#define OTHER_ABI 0xFFFFFFFFu
#endif

#ifdef ARCHITECTURE

static const uint32_t REFUSED[] = {
    SYS_socket,
    SYS_connect,
    SYS_bind,
    SYS_listen,
    SYS_accept,
    SYS_accept4,
    SYS_ptrace,
    SYS_process_vm_readv,
    SYS_process_vm_writev,
    SYS_pidfd_open,
    SYS_pidfd_getfd,
    SYS_io_uring_setup,
    SYS_bpf,
    SYS_perf_event_open,
    SYS_userfaultfd,
    SYS_add_key,
    SYS_request_key,
    SYS_keyctl,
    SYS_mount,
    SYS_umount2,
    SYS_pivot_root,
    SYS_chroot,
    SYS_unshare,
    SYS_setns,
    SYS_open_by_handle_at,
};
#define REFUSED_COUNT (sizeof(REFUSED) / sizeof(REFUSED[0]))
#define PROGRAM_MAX (REFUSED_COUNT + 8)

static bool enter_seccomp(void)
{
    struct sock_filter program[PROGRAM_MAX];
    uint8_t count = 0, refuse = REFUSED_COUNT + 5;
#define ADD(...) program[count++] = (struct sock_filter)__VA_ARGS__
    ADD(BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)));
    ADD(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 0, (uint8_t)(refuse - 2)));
    ADD(BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)));
    ADD(BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, OTHER_ABI, (uint8_t)(refuse - 4), 0));
    /* NOLINTNEXTLINE(bugprone-too-small-loop-variable): jumps are bytes, REFUSED is far shorter */
    for (uint8_t i = 0; i < REFUSED_COUNT; i++)
        ADD(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, REFUSED[i], (uint8_t)(refuse - 5 - i), 0));
    ADD(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
    ADD(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM));
#undef ADD
    struct sock_fprog filter = { .len = count, .filter = program };
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
}

bool child_sandbox_has_seccomp(void)
{
    /* A filter that is nowhere tells whether there are filters: EFAULT, not EINVAL. */
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, NULL) != 0 && errno == EFAULT;
}

#else

static bool enter_seccomp(void)
{
    return true;
}

bool child_sandbox_has_seccomp(void)
{
    return false;
}

#endif

bool child_sandbox_has_landlock(void)
{
    return landlock_version() >= 1;
}

bool child_sandbox_enter(void)
{
    bool filters = child_sandbox_has_seccomp();
    return enter_landlock() && (!filters || enter_seccomp());
}
