using System.Globalization;

namespace TauPipeline.Tests.Benchmarks;

/// <summary>
/// What domain adaptation does to <c>configs/cms-adaptation.yaml</c>, over three seeds, each with events, network and adversary of its
/// own: how well the score tells data from simulation in test rows of the control region, and what jets then pass. With adaptation and
/// without, the network is trained as long, from the weights of one training before (specification 14).
/// </summary>
internal static class AdaptationBenchmarks
{
    private const string Campaign = "configs/cms-adaptation.yaml", Without = "train.adaptation=null";
    // Not those on which the campaign's factors were chosen, 1 to 3.
    private const int FirstSeed = 4, Seeds = 3;

    public static void Run(ResultTable table)
    {
        string root = Directory.CreateTempSubdirectory("tau-bench-").FullName;
        try
        {
            var all = new List<(AdaptedScores Without, AdaptedScores With)>();
            for (int seed = FirstSeed; seed < FirstSeed + Seeds; seed++)
            {
                string folder = Path.Combine(root, $"{seed}"), set = $"seed={seed}", start = Path.Combine(root, $"{seed}.zip");
                Apply(folder, set, Without);
                File.Copy(Path.Combine(folder, "train", "model.zip"), start);
                Apply(folder, set, Without, $"train.start={start}");
                AdaptedScores without = AdaptedScores.Read(folder);
                Apply(folder, set, $"train.start={start}");
                all.Add((without, AdaptedScores.Read(folder)));
            }
            Write(table, all);
        }
        finally { Directory.Delete(root, recursive: true); }
    }

    private static void Write(ResultTable table, List<(AdaptedScores Without, AdaptedScores With)> all)
    {
        table.Head("Without and with adaptation; area of data against simulation by the score, test rows of the control region");
        table.Version("errors", "of the difference, by 200 bootstraps of the rows, which both share; that of one area is some 0.003");
        table.Row("seed", "rows", "area without", "area with", "nearer to 0.5 by", "jets at 70 % without", "with", "ratio");
        table.Row("---", "--:", "--:", "--:", "--:", "--:", "--:", "--:");
        (double Mean, double Error)[] gains = [.. all.Select(pair => AdaptedScores.Nearer(pair.Without, pair.With))];
        foreach (((AdaptedScores without, AdaptedScores with), int seed) in all.Zip(Enumerable.Range(FirstSeed, Seeds)))
            table.Row(
                $"{seed}", $"{without.Rows}", Text(without.Area), Text(with.Area),
                $"{Text(gains[seed - FirstSeed].Mean)} +- {Text(gains[seed - FirstSeed].Error)}",
                Text(without.Misidentification), Text(with.Misidentification), Text(with.Misidentification / without.Misidentification));
        // Trainings differ by more than rows do: the error is that of the spread among seeds.
        double mean = gains.Average(gain => gain.Mean);
        double error = Math.Sqrt(gains.Sum(gain => (gain.Mean - mean) * (gain.Mean - mean)) / (Seeds - 1) / Seeds);
        double cost = all.Average(pair => pair.With.Misidentification / pair.Without.Misidentification);
        table.Head("Mean of the seeds");
        table.Row("", "measured", "bound");
        table.Row("---", "--:", "--:");
        table.Row("area nearer to 0.5, in standard errors of the seeds' mean", Text(mean / error), "> 3");
        table.Row("jets that pass at 70 %, ratio", Text(cost), "<= 1.05");
    }

    private static void Apply(string folder, params string[] sets) => ChildUsage.Of(
        "dotnet",
        ["exec", FlowCampaign.Host, "--target=Apply", $"--config={Campaign}", $"--out={folder}", .. sets.Select(set => $"--set={set}")],
        Environment.CurrentDirectory);

    private static string Text(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);
}
