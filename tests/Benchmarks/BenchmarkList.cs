namespace TauPipeline.Tests.Benchmarks;

/// <summary>All families of benchmarks, written down.</summary>
internal static class BenchmarkList
{
    private static readonly (string Name, Action<ResultTable> Run)[] Families =
        [("engine", EngineBenchmarks.Run), ("root", RootBenchmarks.Run), ("rows", RowBenchmarks.Run), ("flow", FlowBenchmarks.Run),
            ("growth", GrowthBenchmarks.Run), ("launcher", LauncherBenchmarks.Run), ("linear", LinearBenchmarks.Run),
            ("upp", UppBenchmarks.Run), ("training-loading", LoadingBenchmarks.Run),
            ("training-steps", TrainingBenchmarks.Run), ("adaptation", AdaptationBenchmarks.Run)];

    /// <summary>Runs those whose name begins with <paramref name="filter"/>.</summary>
    /// <returns>0, or 2 if there is none of that name.</returns>
    public static int Run(string filter)
    {
        var chosen = Families.Where(family => family.Name.StartsWith(filter, StringComparison.OrdinalIgnoreCase)).ToList();
        if (chosen.Count == 0)
        {
            Console.Error.WriteLine($"no benchmark '{filter}'; there are: {string.Join(", ", Families.Select(family => family.Name))}");
            return 2;
        }
        foreach ((string name, Action<ResultTable> run) in chosen)
        {
            var table = new ResultTable(name);
            run(table);
            table.Save();
        }
        return 0;
    }
}
