namespace TauPipeline.Learning;

/// <summary>A trained batch normalisation that stands by itself.</summary>
internal sealed class FrozenNorm(FoldedNorm norm)
{
    private readonly float[] _scale = [.. norm.Scale.Select(value => (float)value)], _shift = [.. norm.Shift.Select(value => (float)value)];

    /// <summary>Changes rows of channels in place.</summary>
    public void Apply(Span<float> rows)
    {
        for (int at = 0; at < rows.Length; at++)
            rows[at] = MathF.FusedMultiplyAdd(rows[at], _scale[at % _scale.Length], _shift[at % _scale.Length]);
    }
}
