using System.Text.Json;
using TauPipeline.Formats;
using TauPipeline.Hdf5IO;
using TauPipeline.Tests.Support;

namespace TauPipeline.Tests.EndToEnd;

/// <summary>One run of the campaign <c>cms-opendata-nanoaod</c> up to the report, and its products.</summary>
internal sealed class NanoAodRun : IDisposable
{
    public const string Config = "--config=configs/cms-opendata-nanoaod.yaml";
    public const int Folds = 5;

    private static readonly JsonSerializerOptions SnakeCase = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private readonly TempFolder _folder;

    public NanoAodRun(TempFolder folder, params string[] arguments)
    {
        _folder = folder;
        Program = ProgramRun.Host([
            Config,
            "--target=Evaluate",
            "--set=plot.feature_bins=0",
            "--set=plot.pdf=false",
            "--set=plot.scaling=none",
            "--set=plot.spectra=false",
            $"--out={folder.At("out")}",
            .. arguments,
        ]);
    }

    public ProgramRun Program { get; }

    public Performance Performance =>
        JsonSerializer.Deserialize<Performance>(File.ReadAllText(_folder.At("out", "metrics", "performance.json")), SnakeCase)!;

    /// <summary>A product that is a text.</summary>
    public string Text(params string[] path) => File.ReadAllText(_folder.At(["out", .. path]));

    public string Report => File.ReadAllText(_folder.At("out", "report", "index.html"));

    public string Ledger(string step) => File.ReadAllText(_folder.At("out", "ledger", $"{step}.json"));

    public WorkingPointEntry Point(string discriminator, string point) =>
        Performance.RocWp.Single(one => one.Discriminator == discriminator && one.Name == point && one.VsType == "jet");

    /// <summary>A column of all shards of a folder of products, one after the other.</summary>
    public T[] Column<T>(string folder, string column)
        where T : unmanaged => [.. Shards(folder).SelectMany(shard => Read<T>(shard, column))];

    public void Dispose()
    {
        Program.Dispose();
        _folder.Dispose();
    }

    private IEnumerable<string> Shards(string folder) =>
        Directory.EnumerateFiles(_folder.At("out", folder), "*.h5", SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    private static T[] Read<T>(string shard, string column) where T : unmanaged
    {
        using Hdf5File file = Hdf5File.Open(shard);
        using Hdf5Dataset dataset = file.Dataset($"/taus/{column}");
        return dataset.ReadAll<T>();
    }
}
