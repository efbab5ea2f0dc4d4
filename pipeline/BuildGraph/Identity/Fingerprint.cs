using System.Globalization;
using TauPipeline.Foundation;

namespace TauPipeline.BuildGraph;

/// <summary>
/// Everything a step's outputs depend on, part by part, and the sha256 over it: no times, places, hosts or job counts.
/// Kept as the bytes that were hashed; the parts are read out of them only when somebody asks.
/// </summary>
internal sealed class Fingerprint
{
    private const string Seed = "seed";
    private readonly ReadOnlyMemory<byte> _text;

    /// <summary>A fingerprint whose bytes are known: from <see cref="FingerprintText"/>, or from the log.</summary>
    public Fingerprint(ContentHash hash, ReadOnlyMemory<byte> text)
    {
        Hash = hash;
        _text = text;
    }

    /// <summary>The fingerprint of these parts in this order.</summary>
    public Fingerprint(IEnumerable<KeyValuePair<string, string>> parts)
    {
        var text = new FingerprintText();
        foreach ((string component, string value) in parts) text.Add(component, value);
        _text = text.Bytes.ToArray();
        Hash = ContentHash.Of(_text.Span);
    }

    /// <summary>The fingerprint of a step whose inputs have these contents, in the order of <see cref="Step.Reads"/>.</summary>
    public static Fingerprint Of(Step step, ContentHash? code, IReadOnlyList<InputContent> inputs, ulong? seed)
    {
        var text = new FingerprintText();
        text.Set(step, code, inputs, seed);
        return new Fingerprint(text.Hash(), text.Bytes.ToArray());
    }

    /// <summary>The identity of all parts.</summary>
    public ContentHash Hash { get; }

    /// <summary>What was hashed: for the log.</summary>
    public ReadOnlyMemory<byte> Text => _text;

    /// <summary>Component (<c>setting plot.width</c>) and value, in the order in which they were hashed.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Parts => FingerprintText.Parse(_text.Span);

    // Which steps draw random numbers is known once they have run; from then on the seed is one of their parts, the first.
    /// <summary>Whether the campaign's seed is one of the parts.</summary>
    public bool HasSeed => _text.Span.StartsWith(FingerprintText.SeedHead);

    /// <summary>This fingerprint with the campaign's seed as one more part.</summary>
    public Fingerprint With(ulong seed) => new(Parts.Prepend(SeedPart(seed)));

    /// <summary>The seed as a part.</summary>
    public static KeyValuePair<string, string> SeedPart(ulong seed) => new(Seed, seed.ToString(CultureInfo.InvariantCulture));

    /// <summary>The component that is the code of a step's stage.</summary>
    public static string CodeOf(Step step) => $"code {step.Stage}";

    /// <summary>The value of a part, or <see langword="null"/>.</summary>
    public string? Part(string component) => Parts.FirstOrDefault(part => part.Key == component).Value;

    /// <summary>What differs from an older fingerprint, with both operands.</summary>
    public IReadOnlyList<StaleReason> Since(Fingerprint older)
    {
        Dictionary<string, string> now = ByName(), before = older.ByName();
        var reasons = new List<StaleReason>();
        foreach (string component in now.Keys.Union(before.Keys).Order(StringComparer.Ordinal))
        {
            string? was = before.GetValueOrDefault(component), will = now.GetValueOrDefault(component);
            if (was != will) reasons.Add(new StaleReason(component, Shown(was), Shown(will)));
        }
        if (reasons.Count == 0) reasons.Add(new StaleReason("order of inputs", "another", "as declared now"));
        return reasons;
    }

    private Dictionary<string, string> ByName()
    {
        var named = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string component, string value) in Parts) named[component] = value;
        return named;
    }

    private static string? Shown(string? value) =>
        value is not null && ContentHash.TryParse(value, out ContentHash hash) ? hash.Short + "…" : value;
}
