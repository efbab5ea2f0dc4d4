using System.Globalization;
using TauPipeline.Foundation;

namespace TauPipeline.RunStore;

/// <summary>
/// A run as files: <c>meta.yaml</c>, a file a setting in <c>params/</c> and a word in <c>tags/</c>, in <c>metrics/</c> a file a number
/// with lines of time, value and step, and <c>artifacts/</c>.
/// </summary>
internal static class RunFolder
{
    public const string Params = "params", Metrics = "metrics", Tags = "tags", Artifacts = "artifacts";

    /// <summary>Writes a run into a folder that is not there yet.</summary>
    public static void Write(StoredRun run, string folder)
    {
        foreach (string part in (string[])[Params, Metrics, Tags, Artifacts]) Directory.CreateDirectory(Path.Combine(folder, part));
        File.WriteAllText(Path.Combine(folder, MetaFile.Name), Meta(run).ToString());
        foreach ((string name, string value) in run.Params) WriteText(folder, Params, name, value);
        foreach ((string name, string value) in run.Tags) WriteText(folder, Tags, name, value);
        foreach ((string name, IReadOnlyList<MetricPoint> points) in run.Metrics)
            WriteText(folder, Metrics, name, string.Concat(points.Select(Line)));
        foreach (RunArtifact artifact in run.Artifacts) artifact.Write(Made(folder, Artifacts, artifact.Path));
    }

    /// <summary>Reads a run, without its files.</summary>
    /// <exception cref="Misuse">It is no run.</exception>
    public static StoredRun Read(string folder, Experiment experiment)
    {
        var meta = MetaFile.Read(Path.Combine(folder, MetaFile.Name));
        return new StoredRun
        {
            Experiment = experiment,
            Id = Path.GetFileName(folder),
            Name = meta["run_name"] is { Length: > 0 } name ? name : ReadText(folder, Tags, "mlflow.runName") ?? "",
            User = meta["user_id"] ?? "",
            Began = meta.Number("start_time") ?? 0,
            Ended = meta.Number("end_time"),
            Status = (RunStatus)(meta.Number("status") ?? (long)RunStatus.Running),
            Params = ReadTexts(folder, Params),
            Tags = ReadTexts(folder, Tags),
            Metrics = Names(folder, Metrics).ToDictionary(name => name, name => ReadPoints(Path.Combine(folder, Metrics, name))),
        };
    }

    /// <summary>Names of the files in one of the folders of a run, in order, with <c>/</c> between parts.</summary>
    public static IReadOnlyList<string> Names(string folder, string part)
    {
        string place = Path.Combine(folder, part);
        return !Directory.Exists(place) ? [] :
            [
                .. Directory.EnumerateFiles(place, "*", SearchOption.AllDirectories)
                    .Select(file => Path.GetRelativePath(place, file).Replace('\\', '/'))
                    .Order(StringComparer.Ordinal),
            ];
    }

    /// <summary>What <c>meta.yaml</c> says; no place on a machine: artifacts are beside it, seen from the folder that holds the
    /// store.</summary>
    public static MetaFile Meta(StoredRun run) => new MetaFile()
        .With("artifact_uri", $"{MlflowStore.FolderName}/{run.Experiment.Id}/{run.Id}/{Artifacts}")
        .With("deleted_time", (long?)null)
        .With("end_time", run.Ended)
        .With("entry_point_name", "")
        .With("experiment_id", run.Experiment.Id)
        .With("lifecycle_stage", "active")
        .With("run_id", run.Id)
        .With("run_name", run.Name)
        .With("run_uuid", run.Id)
        .With("source_name", "")
        .With("source_type", 4) // local
        .With("source_version", "")
        .With("start_time", run.Began)
        .With("status", (long)run.Status)
        .WithNone("tags")
        .With("user_id", run.User);

    private static string Line(MetricPoint point) => string.Create(
        CultureInfo.InvariantCulture, $"{point.Time} {Text(point.Value)} {point.Step}\n");

    // As Python reads them.
    private static string Text(double value) =>
        double.IsNaN(value) ? "nan" : double.IsInfinity(value) ? value > 0 ? "inf" : "-inf" : NumberText.Exact(value);

    private static void WriteText(string folder, string part, string name, string value) =>
        File.WriteAllText(Made(folder, part, name), value);

    private static string Made(string folder, string part, string name)
    {
        string file = Path.Combine(folder, part, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        return file;
    }

    private static string? ReadText(string folder, string part, string name) =>
        Path.Combine(folder, part, name) is var file && File.Exists(file) ? File.ReadAllText(file) : null;

    private static Dictionary<string, string> ReadTexts(string folder, string part) =>
        Names(folder, part).ToDictionary(name => name, name => ReadText(folder, part, name)!);

    private static IReadOnlyList<MetricPoint> ReadPoints(string file) =>
        [.. File.ReadLines(file).Select((line, index) => Point(line) ?? throw RunStoreErrors.NoPoint(file, index + 1, line))];

    // The step came later: old lines have none.
    private static MetricPoint? Point(string line)
    {
        string[] parts = line.Trim().Split(' ');
        long step = 0;
        if (parts.Length is not (2 or 3) || !Whole(parts[0], out long time)) return null;
        if (parts.Length == 3 && !Whole(parts[2], out step)) return null;
        double? value = parts[1] switch
        {
            "nan" => double.NaN,
            "inf" => double.PositiveInfinity,
            "-inf" => double.NegativeInfinity,
            var text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : null,
        };
        return value is { } there ? new MetricPoint(time, there, step) : null;
    }

    private static bool Whole(string text, out long value) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
}
