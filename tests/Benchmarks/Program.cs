using TauPipeline.Tests.Benchmarks;

// --filter=NAME   runs the families of benchmarks whose name begins so, and prints a table of ratios
// engine-run ...  a process of its own that a benchmark starts and measures
// linear-run KIND THREADS   the same for dense layers
// network-run small|deeptau sparse|dense portable|fastest THREADS STEPS   the same for steps of a training
// root-run CODEC TIMES, root-run-two CODEC TIMES   read a file again and again, for a profiler and to try things
return args switch
{
    ["engine-run", ..] => EngineWorkload.Run(EngineCase.Parse(args[1..])),
    ["linear-run", string kind, string threads] => LinearRun.Run(kind, threads),
    ["network-run", string network, string way, string numeric, string threads, string steps] => NetworkRun.Run(
        network,
        way,
        numeric,
        int.Parse(threads, System.Globalization.CultureInfo.InvariantCulture),
        int.Parse(steps, System.Globalization.CultureInfo.InvariantCulture)),
    ["root-run", string codec, string times] => RootBenchmarks.ReadOnly(
        Enum.Parse<TauPipeline.Codecs.CodecKind>(codec),
        int.Parse(times, System.Globalization.CultureInfo.InvariantCulture)),
    ["root-run-two", string codec, string times] => RootBenchmarks.ReadOnTwoThreads(
        Enum.Parse<TauPipeline.Codecs.CodecKind>(codec),
        int.Parse(times, System.Globalization.CultureInfo.InvariantCulture)),
    _ => BenchmarkList.Run(
        args.FirstOrDefault(word => word.StartsWith("--filter=", StringComparison.Ordinal))?["--filter=".Length..] ?? ""),
};
