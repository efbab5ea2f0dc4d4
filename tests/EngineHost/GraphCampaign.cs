using System.Diagnostics;
using TauPipeline.BuildGraph;
using TauPipeline.Foundation;

namespace TauPipeline.Tests.EngineHost;

/// <summary>
/// Twenty steps over a folder of six raw files: Read (6) -> Mix (6, two of them write a folder) -> Pair (6, counts rows)
/// -> Fold -> End (reads the lineage). The step named by TOY_DIES_IN kills the engine in the middle of writing.
/// </summary>
internal static class GraphCampaign
{
    private const int Wide = 6;

    public static IReadOnlyList<IStage> Compose(string folder)
    {
        Artifact[] raws =
        [
            .. Directory.GetFiles(folder)
                .Order(StringComparer.Ordinal)
                .Select(file => Artifact.Raw($"graph/{Path.GetFileNameWithoutExtension(file)}", new RawSource(file))),
        ];
        Step[] read =
        [
            .. raws.Select(
                (raw, i) => Of("Read", $"{i}", [raw], [Artifact.Product($"read/{i}.txt"), Artifact.Product($"read/{i}.more.txt")])),
        ];
        Step[] mix = [.. read.Select((step, i) => Of("Mix", $"{i}", [step.Writes[0], read[(i + 1) % Wide].Writes[1]],
            [i < 2 ? Artifact.Folder($"mix/{i}") : Artifact.Product($"mix/{i}.txt"), Artifact.Product($"mix/{i}.more.txt")]))];
        Step[] pair =
        [
            .. mix.Select(
                (step, i) =>
                    Of(
                        "Pair",
                        $"{i}",
                        [step.Writes[0], mix[(i + 2) % Wide].Writes[1]],
                        [Artifact.Product($"pair/{i}.txt"), Artifact.Product($"pair/{i}.more.txt"), Artifact.Product($"pair/{i}.most.txt")],
                        countsRows: true)),
        ];
        Step fold = Of(
            "Fold",
            "",
            [.. pair.Select(step => step.Writes[0])],
            [Artifact.Product("fold.txt"), Artifact.Product("fold.more.txt")]);
        Step end = Of("End", "", [fold.Writes[0], Artifact.Lineage("lineage.json")], [Artifact.Product("end.txt")]);
        return
        [
            new ToyStage("Read", read),
            new ToyStage("Mix", mix),
            new ToyStage("Pair", pair),
            new ToyStage("Fold", fold),
            new ToyStage("End", end),
        ];
    }

    private static Step Of(
        string stage,
        string key,
        IReadOnlyList<Artifact> reads,
        IReadOnlyList<Artifact> writes,
        bool countsRows = false) =>
        new()
        {
            Stage = stage,
            Key = key,
            Reads = [.. reads.Select((artifact, i) => new StepInput($"in{i}", artifact))],
            Writes = writes,
            Settings = SettingsUsed.None,
            CountsRows = countsRows,
            Work = run =>
            {
                string text = string.Concat(reads.Select(artifact => run.Stream<ToyTree>(artifact).Text));
                string made = $"{stage}{key}({(text.Length > 80 ? ContentHash.Of(text).Short : text)})";
                if (countsRows) { run.Rows.In("text", 2, 2); run.Rows.Out("text", 2, 2); }
                for (int i = 0; i < writes.Count; i++)
                {
                    if (i == 1 && Environment.GetEnvironmentVariable("TOY_DIES_IN") == $"{stage}/{key}") DieWriting(run, writes[i], made);
                    run.Create<ToyTree>(writes[i]).Write(writes[i].Kind == ArtifactKind.Folder, $"{made}{i}");
                }
            },
        };

    private static void DieWriting(StepRun run, Artifact to, string text)
    {
        run.Create<ToyTree>(to).Write(false, text[..(text.Length / 2)]);
        Process.GetCurrentProcess().Kill();
    }
}

/// <summary>A text in a file, or in two files of a folder.</summary>
public sealed class ToyTree(string path, string text) : IProductReader<ToyTree>, IProductWriter<ToyTree>
{
    public string Text { get; } = text;

    public static ToyTree Open(ProductInput from) => new(from.Path, Directory.Exists(from.Path)
        ? File.ReadAllText(Path.Combine(from.Path, "a.txt")) + File.ReadAllText(Path.Combine(from.Path, "deep", "b.txt"))
        : File.ReadAllText(from.Path));

    public static ToyTree Create(ProductOutput to) => new(to.Path, "");

    public void Write(bool isFolder, string text)
    {
        if (!isFolder) { File.WriteAllText(path, text); return; }
        Directory.CreateDirectory(Path.Combine(path, "deep"));
        File.WriteAllText(Path.Combine(path, "a.txt"), text);
        File.WriteAllText(Path.Combine(path, "deep", "b.txt"), $"[{text}]");
    }

    public void Dispose() { }
}
