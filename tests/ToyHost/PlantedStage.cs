using TauPipeline.BuildGraph;
using TauPipeline.Foundation;

namespace TauPipeline.Tests.ToyHost;

/// <summary>A stage of one step that writes one file in a way that cannot be made again, or (Sound) can.</summary>
internal sealed class PlantedStage(string name, IReadOnlyList<Artifact<PlantedFile>> reads, Action<string> write, string ending = "txt")
    : IStage
{
    public Artifact<PlantedFile> Product { get; } = new($"{name}.{ending}");

    public string Name => name;

    public string Summary => "a planted mistake";

    public IReadOnlyList<Step> Steps() =>
    [
        new Step
        {
            Stage = name,
            Reads = [.. reads.Select(read => new StepInput("file", read))],
            Writes = [Product],
            Settings = SettingsUsed.None,
            Work = run => run.Write(Product, new PlantedFile(path =>
            {
                write(path);
                foreach (Artifact<PlantedFile> read in reads) File.AppendAllText(path, $"{ContentHash.Of(run.Read(read).Text)}\n");
            })),
        },
    ];
}

/// <summary>A file written by whatever code is given.</summary>
internal sealed record PlantedFile(Action<string> Fill, string Text = "") : IProduct<PlantedFile>
{
    public static PlantedFile Read(ProductInput from) => new(_ => { }, Convert.ToHexString(File.ReadAllBytes(from.Path)));

    public static void Write(ProductOutput to, PlantedFile value) => value.Fill(to.Path);
}
