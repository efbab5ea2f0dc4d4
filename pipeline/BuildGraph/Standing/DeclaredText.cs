using System.Globalization;
using TauPipeline.Foundation;

namespace TauPipeline.BuildGraph;

/// <summary>Everything declared that may decide the plan or a verdict, as bytes: what is declared alike, of files that are alike, is judged alike.</summary>
internal sealed class DeclaredText(BuildRequest request)
{
    private readonly FingerprintText _text = new();
    // Thousands of steps share their settings, and lists of columns: each is written once, and holds until there is another.
    private SettingsUsed? _settings;
    private IReadOnlyList<string>? _columns;

    /// <summary>Writes it down.</summary>
    public void Write(LogWriter to)
    {
        to.Block(OfAll());
        foreach (IStage stage in request.Stages)
        {
            IReadOnlyList<Step> steps = stage.Steps();
            to.Long(steps.Count);
            foreach (Step step in steps) to.Block(Of(step));
        }
    }

    /// <summary>Whether this is what was written there; reads up to the first difference.</summary>
    /// <exception cref="InvalidDataException">It ends too early.</exception>
    public bool IsNextIn(ref LogReader from)
    {
        if (!from.Block().Span.SequenceEqual(OfAll())) return false;
        foreach (IStage stage in request.Stages)
        {
            IReadOnlyList<Step> steps = stage.Steps();
            if (from.Long() != steps.Count) return false;
            for (int i = 0; i < steps.Count; i++)
                if (!from.Block().Span.SequenceEqual(Of(steps[i]))) return false;
        }
        return true;
    }

    private ReadOnlySpan<byte> OfAll()
    {
        _text.Clear();
        _text.Add("seed", request.Seed.ToString(CultureInfo.InvariantCulture));
        foreach (IStage stage in request.Stages) _text.Add("stage", stage.Name);
        foreach (string target in request.Targets) _text.Add("target", target);
        return _text.Bytes;
    }

    private ReadOnlySpan<byte> Of(Step step)
    {
        _text.Clear();
        _text.AddIdentity(step, request.Code.TryGetValue(step.Stage, out ContentHash code) ? code : null);
        AddSettings(step.Settings);
        _text.AddOutputs(step);
        for (int i = 0; i < step.Reads.Count; i++) AddInput(step.Reads[i]);
        return _text.Bytes;
    }

    private void AddSettings(SettingsUsed settings)
    {
        if (ReferenceEquals(settings, _settings)) return;
        _settings = settings;
        _text.Add("settings", settings.Paths.Count.ToString(CultureInfo.InvariantCulture));
        _text.Add(settings);
    }

    private void AddInput(StepInput input)
    {
        Artifact artifact = input.Artifact;
        _text.Add("reads ", input.Role, NameOf(artifact.Kind));
        _text.Add(artifact.Path, artifact.Source?.Location ?? "");
        if (artifact.Source?.Hash is { } hash) _text.Add(hash, "sha256", "");
        if (artifact.Source?.Size is { } size) _text.Add("size", size.ToString(CultureInfo.InvariantCulture));
        AddColumns(input.Columns);
    }

    private void AddColumns(IReadOnlyList<string> columns)
    {
        if (ReferenceEquals(columns, _columns)) return;
        _columns = columns;
        _text.Add("columns", columns.Count.ToString(CultureInfo.InvariantCulture));
        for (int i = 0; i < columns.Count; i++) _text.Add("column", columns[i]);
    }

    private static string NameOf(ArtifactKind kind) => kind switch
    {
        ArtifactKind.Product => "product",
        ArtifactKind.Folder => "folder",
        ArtifactKind.Raw => "raw",
        ArtifactKind.Lineage => "lineage",
        _ => throw new Defect($"no name for {kind}"),
    };
}
