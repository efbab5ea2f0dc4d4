using System.Runtime.InteropServices;
using TauPipeline.BuildGraph;
using TauPipeline.Queues;
using TauPipeline.Tests.EngineHost;

// The smallest host of the engine, so that tests can kill a whole process:
//   run RAW OUT [DIE-AT [JOBS]]  builds the toy campaign; kills itself with SIGKILL at the DIE-AT-th point where that could hurt
//   slurm RAW OUT             builds the toy campaign on the Slurm cluster that SLURM_CONF names
//   spawn SECONDS             starts a sleeping child, prints its process id, and waits
//   shell SCRIPT              runs a script for the shell as a child, prints what it prints
//   exec-step --plan=P --row=I, exec-wave --wave=F --hash=H --job=N
using var interrupt = new CancellationTokenSource();
PosixSignal[] signals = [PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGHUP];
PosixSignalRegistration[] registered = [.. signals.Select(signal => PosixSignalRegistration.Create(signal, context =>
{
    context.Cancel = true;
    interrupt.Cancel();
}))];

int code = args[0] switch
{
    "run" => ToyHost.Run(
        args[1],
        args[2],
        (args.Length > 3 ? int.Parse(args[3]) : 0, args.Length > 4 ? int.Parse(args[4]) : 2),
        interrupt.Token),
    "slurm" => await ToyHost.OnSlurm(args[1], args[2], interrupt.Token),
    "spawn" => ToyHost.Spawn(args[1]),
    "shell" => ToyHost.Shell(args[1]),
    "exec-wave" => await WaveJob.Run(args[1..], interrupt.Token),
    "exec-step" => StepChild.Execute(
        args[1]["--plan=".Length..],
        int.Parse(args[2]["--row=".Length..]),
        ToyCampaign.Compose,
        interrupt.Token),
    _ => 2,
};
GC.KeepAlive(registered);
return code;
