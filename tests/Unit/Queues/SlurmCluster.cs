using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using CliWrap;
using CliWrap.Buffered;
using Xunit;

namespace TauPipeline.Tests.Unit.Queues;

/// <summary>
/// A real Slurm cluster of one node on this machine's loopback, in a folder of its own: own key, own ports, no systemd, no cgroups.
/// It takes root, as slurmd does.
/// </summary>
public sealed class SlurmCluster : IAsyncLifetime
{
    /// <summary>The tests on clusters run one after another: which cluster is meant stands in the environment of the process.</summary>
    public const string Collection = "slurm";

    private const string Sbin = "/usr/sbin";
    private readonly string _root = Directory.CreateTempSubdirectory("tau-slurm-").FullName;

    /// <summary>Whether the programs are installed and we may start them; if not, why not.</summary>
    public static string? Obstacle { get; } =
        !Environment.IsPrivilegedProcess ? "slurmd wants root"
        : Missing("slurmctld", "slurmd", "munged") is { } missing ? $"{missing} is not installed (apt-get install slurm-wlm munge)"
        : null;

    /// <summary>The file that every command of it is told of by <c>SLURM_CONF</c>.</summary>
    public string Configuration => Path.Combine(_root, "slurm.conf");

    public string Folder(string name) => Directory.CreateDirectory(Path.Combine(_root, name)).FullName;

    public async Task InitializeAsync()
    {
        if (Obstacle is not null) return;
        // The socket is for all users, or munged will not have it.
        await Do("chmod", "755", _root);
        foreach (string folder in (string[])["state", "spool", "log", "munge"]) Folder(folder);
        await File.WriteAllBytesAsync(At("munge/munge.key"), RandomNumberGenerator.GetBytes(1024));
        await Do("chmod", "600", At("munge/munge.key"));
        await Do(
            $"{Sbin}/munged",
            $"--key-file={At("munge/munge.key")}",
            $"--socket={At("munge/munge.sock")}",
            $"--pid-file={At("munge/munged.pid")}",
            $"--log-file={At("munge/munged.log")}",
            $"--seed-file={At("munge/munge.seed")}",
            "--num-threads=2");
        await WriteConfiguration();
        await StartController();
        await Do($"{Sbin}/slurmd", "-f", Configuration);
        // For what runs in the tests' own process; no other test knows the variable.
        Environment.SetEnvironmentVariable("SLURM_CONF", Configuration);
        await Until(async () => (await Ask("sinfo", "-h", "-o", "%t")).Trim() == "idle");
    }

    public async Task DisposeAsync()
    {
        if (Obstacle is null)
        {
            foreach (string pid in (string[])["slurmd.pid", "slurmctld.pid", "munge/munged.pid"]) await Stop(pid, hard: false);
            // Steps of jobs that are just ending know the folder.
            await Task.Delay(200);
        }
        try { Directory.Delete(_root, recursive: true); }
        catch (IOException) { /* the last of them is still writing its log: the system's own cleaning takes it */ }
    }

    /// <summary>Starts the controller, as the only thing that a client talks to.</summary>
    public async Task StartController() => await Do($"{Sbin}/slurmctld", "-f", Configuration);


    /// <summary>Stops the controller at once.</summary>
    public async Task StopController() => await Stop("slurmctld.pid", hard: true);

    /// <summary>What a command of the cluster prints.</summary>
    public async Task<string> Ask(string command, params string[] arguments)
    {
        BufferedCommandResult result = await Cli.Wrap(command).WithArguments(arguments).WithValidation(CommandResultValidation.None)
            .WithEnvironmentVariables(variables => variables.Set("SLURM_CONF", Configuration)).ExecuteBufferedAsync();
        return result.StandardOutput;
    }

    public static async Task Until(Func<Task<bool>> isTrue)
    {
        long start = Stopwatch.GetTimestamp();
        while (!await isTrue())
        {
            if (Stopwatch.GetElapsedTime(start) > TimeSpan.FromSeconds(60)) throw new TimeoutException("the cluster did not come to that");
            await Task.Delay(50);
        }
    }

    private string At(string name) => Path.Combine(_root, name);

    private static string? Missing(params string[] programs) =>
        programs.FirstOrDefault(program => !File.Exists(Path.Combine(Sbin, program)));

    private async Task Do(string program, params string[] arguments) =>
        await Cli.Wrap(program).WithArguments(arguments).WithEnvironmentVariables(variables => variables.Set("SLURM_CONF", Configuration))
            .ExecuteBufferedAsync();

    private async Task Stop(string pidFile, bool hard)
    {
        if (!File.Exists(At(pidFile))) return;
        var process = Process.GetProcessById(int.Parse(await File.ReadAllTextAsync(At(pidFile)), CultureInfo.InvariantCulture));
        if (hard) process.Kill();
        else await Cli.Wrap("kill").WithArguments([$"{process.Id}"]).WithValidation(CommandResultValidation.None).ExecuteAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        try { await process.WaitForExitAsync(limit.Token); }
        catch (OperationCanceledException) { process.Kill(); }
        File.Delete(At(pidFile));
    }

    private async Task WriteConfiguration()
    {
        string host = Environment.MachineName.Split('.')[0];
        (int controller, int node) = (FreePort(), FreePort());
        await File.WriteAllTextAsync(At("cgroup.conf"), "CgroupPlugin=cgroup/v1\nConstrainCores=no\nConstrainRAMSpace=no\n");
        await File.WriteAllTextAsync(Configuration, $"""
            ClusterName=taupipe
            SlurmctldHost={host}(127.0.0.1)
            AuthType=auth/munge
            AuthInfo=socket={At("munge/munge.sock")}
            CredType=cred/munge
            SlurmUser=root
            SlurmdUser=root
            SlurmctldPort={controller}
            SlurmdPort={node}
            SlurmctldPidFile={At("slurmctld.pid")}
            SlurmdPidFile={At("slurmd.pid")}
            StateSaveLocation={At("state")}
            SlurmdSpoolDir={At("spool")}
            SlurmctldLogFile={At("log/slurmctld.log")}
            SlurmdLogFile={At("log/slurmd.log")}
            SwitchType=switch/none
            MpiDefault=none
            ProctrackType=proctrack/linuxproc
            TaskPlugin=task/none
            SlurmdParameters=config_overrides
            JobAcctGatherType=jobacct_gather/none
            AccountingStorageType=accounting_storage/none
            SelectType=select/cons_tres
            SelectTypeParameters=CR_Core
            SchedulerType=sched/backfill
            SchedulerParameters=batch_sched_delay=0,sched_interval=1,bf_interval=1
            MinJobAge=600
            ReturnToService=2
            SlurmdTimeout=60
            InactiveLimit=0
            KillWait=5
            MaxArraySize=10001
            NodeName={host} NodeAddr=127.0.0.1 CPUs=4 CoresPerSocket=4 RealMemory=4000 State=UNKNOWN
            PartitionName=work Nodes={host} Default=YES MaxTime=24:00:00 State=UP

            """);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>A test on a real Slurm cluster; skipped, with the reason, where none can be started.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SlurmFactAttribute : FactAttribute
{
    public SlurmFactAttribute() => Skip = SlurmCluster.Obstacle;
}
