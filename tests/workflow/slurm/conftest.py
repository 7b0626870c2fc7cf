"""A real cluster of one node, this machine: Slurm's own daemons, on the loopback interface."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

PACKAGES = {
    "munged": "munge",
    "slurmctld": "slurmctld",
    "slurmd": "slurmd",
    "sbatch": "slurm-client",
}
# Where the commands of users look, those of the plugin among them.
CONFIGURED = Path("/etc/slurm/slurm.conf")

# Without cgroups or accounts, as in a container; memory is enforced by looking every second.
CONFIGURATION = """
ClusterName=test
SlurmctldHost={node}(127.0.0.1)
CommunicationParameters=NoInAddrAny,NoCtldInAddrAny
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket={folder}/munge.socket
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
MailProg=/bin/true
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU_Memory
SchedulerParameters=batch_sched_delay=0
SlurmdParameters=config_overrides
ReturnToService=2
MinJobAge=3600
KillWait=5
JobAcctGatherType=jobacct_gather/linux
JobAcctGatherFrequency=task=1
JobAcctGatherParams=OverMemoryKill,UsePss
AccountingStorageType=accounting_storage/none
NodeName={node} NodeAddr=127.0.0.1 CPUs={cpus} RealMemory={memory} State=UNKNOWN
PartitionName=main Nodes=ALL Default=YES MaxTime=1-00:00:00 State=UP
"""


def require_slurm():
    """Slurm's packages, installed where that is for us to do; else the test is skipped."""
    missing = [package for command, package in PACKAGES.items() if shutil.which(command) is None]
    automatic = os.environ.get("CI") == "true" and shutil.which("apt-get") is not None
    if os.geteuid() != 0:
        pytest.skip("a Slurm of one's own is started by root only")
    if missing and not automatic:
        pytest.skip(f"not installed: {', '.join(missing)}; installed by the tests where CI=true")
    if CONFIGURED.exists():
        pytest.skip(f"{CONFIGURED} belongs to another cluster")
    if missing:
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        for command in (["update"], ["install", "-y", "--no-install-recommends", *missing]):
            subprocess.run(
                ["apt-get", "-qq", *command], env=environment, check=True, timeout=300,
                stdout=subprocess.DEVNULL,
            )  # fmt: skip


def ask(*command):
    """What a command of Slurm prints."""
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False).stdout


def printed(folder):
    """What the daemons said, for the message of a failure."""
    return "\n".join(path.read_text() for path in sorted(folder.glob("*.printed")))


class Cluster:
    """The running cluster and what it knows of its jobs."""

    def jobs(self, *states):
        """Memory in MB, state and name, as Snakemake gives it, of jobs in the order they came."""
        listed = ask(
            "squeue", "--noheader", f"--states={','.join(states) or 'all'}", "--sort=i",
            "--format=%m|%T|%k",
        )  # fmt: skip
        split = [line.split("|") for line in listed.splitlines()]
        return [(int(memory.rstrip("M")), state, name) for memory, state, name in split]


@pytest.fixture(scope="session")
def cluster():
    require_slurm()
    folder = Path(tempfile.mkdtemp(prefix="slurm-"))
    folder.chmod(0o755)  # every user's commands find the socket of munge there
    for part in ("state", "spool"):
        (folder / part).mkdir()
    key = folder / "munge.key"
    key.touch(mode=0o600)
    key.write_bytes(os.urandom(128))
    configuration = folder / "slurm.conf"
    configuration.write_text(
        CONFIGURATION.format(
            node=socket.gethostname().split(".")[0],
            folder=folder,
            cpus=os.cpu_count(),
            memory=os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") * 9 // 10 // 2**20,
        )
    )
    CONFIGURED.parent.mkdir(exist_ok=True)
    CONFIGURED.symlink_to(configuration)
    daemons = []
    try:
        for command in (
            ["munged", "--foreground", f"--key-file={key}", f"--socket={folder}/munge.socket",
             f"--pid-file={folder}/munged.pid", f"--seed-file={folder}/munge.seed",
             f"--log-file={folder}/munged.log"],
            ["slurmctld", "-D"],
            ["slurmd", "-D"],
        ):  # fmt: skip
            with (folder / f"{command[0]}.printed").open("w") as said:
                daemons.append(subprocess.Popen(command, stdout=said, stderr=said))
            deadline = time.monotonic() + 10
            while not (folder / "munge.socket").exists():
                assert time.monotonic() < deadline, printed(folder)
                time.sleep(0.05)
        deadline = time.monotonic() + 30
        while ask("sinfo", "--noheader", "--format=%T").strip() != "idle":
            assert time.monotonic() < deadline, printed(folder)
            time.sleep(0.1)
        yield Cluster()
        subprocess.run(["scancel", "--user=root"], timeout=60, check=False)
        deadline = time.monotonic() + 15
        while ask("squeue", "--noheader") and time.monotonic() < deadline:
            time.sleep(0.1)
    finally:
        for daemon in reversed(daemons):
            daemon.terminate()
            try:
                daemon.wait(10)
            except subprocess.TimeoutExpired:
                daemon.kill()
                daemon.wait()
        # With a configuration but no daemon, each start of Snakemake would ask for seconds.
        CONFIGURED.unlink()
        shutil.rmtree(folder)
