using TauPipeline.Tests.Benchmarks;

// --filter=NAME   runs the families of benchmarks whose name begins so, and prints a table of ratios
// engine-run ...  a process of its own that a benchmark starts and measures
return args switch
{
    ["engine-run", ..] => EngineWorkload.Run(EngineCase.Parse(args[1..])),
    _ => BenchmarkList.Run(args.FirstOrDefault(word => word.StartsWith("--filter=", StringComparison.Ordinal))?["--filter=".Length..] ?? ""),
};
