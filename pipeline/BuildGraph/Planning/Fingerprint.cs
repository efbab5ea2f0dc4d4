using System.Text;
using TauPipeline.Foundation;

namespace TauPipeline.BuildGraph;

/// <summary>Everything a step's outputs depend on, part by part, and the sha256 over it: no times, places, hosts or job counts.</summary>
internal sealed class Fingerprint
{
    /// <summary>Raised when the meaning of a part changes: then every step is stale once.</summary>
    private const string KeyFormat = "1";

    private readonly SortedDictionary<string, string> _components = new(StringComparer.Ordinal);

    public Fingerprint(IEnumerable<KeyValuePair<string, string>> components)
    {
        foreach ((string component, string value) in components) _components[component] = value;
        var text = new StringBuilder();
        foreach ((string component, string value) in _components)
            text.Append(component.Length).Append(':').Append(component).Append('=').Append(value.Length).Append(':').Append(value).Append('\n');
        Hash = ContentHash.Of(text.ToString());
    }

    private const string Seed = "seed";

    /// <summary>The component that is the code of a step's stage.</summary>
    public static string CodeOf(Step step) => $"code {step.Stage}";

    /// <summary>The identity of all parts.</summary>
    public ContentHash Hash { get; }

    /// <summary>Component (<c>setting plot.width</c>) and value, ordered.</summary>
    public IReadOnlyDictionary<string, string> Components => _components;

    /// <summary>The fingerprint of a step whose inputs have these contents, in the order of <see cref="Step.Reads"/>.</summary>
    public static Fingerprint Of(Step step, ContentHash? code, IReadOnlyList<InputContent> inputs)
    {
        var components = new List<KeyValuePair<string, string>>
        {
            new("key format", KeyFormat),
            new("step", step.Id),
            new("revision", step.Revision.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        };
        if (code is { } known) components.Add(new(CodeOf(step), known.ToString()));
        if (step.Tools.Count > 0) components.Add(new("tools", string.Join(", ", step.Tools)));
        foreach ((string path, string value) in step.Settings.Values) components.Add(new($"setting {path}", value));
        foreach ((string name, string value) in step.Environment) components.Add(new($"environment {name}", value));
        foreach (Artifact output in step.Outputs()) components.Add(new($"writes {output.Path}", output.Kind == ArtifactKind.Folder ? "folder" : "file"));
        for (int i = 0; i < inputs.Count; i++) components.AddRange(inputs[i].Components(step.Reads[i]));
        return new Fingerprint(components);
    }

    // Which steps draw random numbers is known once they have run; from then on the seed is one of their parts.
    /// <summary>Whether the campaign's seed is one of the parts.</summary>
    public bool HasSeed => _components.ContainsKey(Seed);

    /// <summary>This fingerprint with the campaign's seed as one more part.</summary>
    public Fingerprint With(ulong seed) => new(_components.Append(new(Seed, seed.ToString(System.Globalization.CultureInfo.InvariantCulture))));

    /// <summary>What differs from an older fingerprint, with both operands.</summary>
    public IReadOnlyList<StaleReason> Since(Fingerprint older)
    {
        var reasons = new List<StaleReason>();
        foreach (string component in _components.Keys.Union(older._components.Keys).Order(StringComparer.Ordinal))
        {
            string? before = older._components.GetValueOrDefault(component), now = _components.GetValueOrDefault(component);
            if (before != now) reasons.Add(new StaleReason(component, Shown(before), Shown(now)));
        }
        return reasons;
    }

    private static string? Shown(string? value) => value is not null && ContentHash.TryParse(value, out ContentHash hash) ? hash.Short + "…" : value;
}
