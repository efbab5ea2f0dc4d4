using TauPipeline.Statistics;

namespace TauPipeline.Physics;

/// <summary>What mixing will take of one dataset, type and decay mode: known from spectra alone.</summary>
/// <param name="Group">Group of datasets.</param>
/// <param name="Dataset">One of them.</param>
/// <param name="Type">Truth class.</param>
/// <param name="Mode">Decay mode, or <see cref="Spectrum.NoMode"/>.</param>
/// <param name="Count">Candidates before.</param>
/// <param name="Outside">Those of them outside the bins.</param>
/// <param name="Expected">Candidates expected after.</param>
public readonly record struct SourceYield(string Group, string Dataset, TauClass Type, int Mode, long Count, long Outside, double Expected)
{
    /// <summary>The yields of one dataset in one group; <paramref name="acceptance"/> is that of a type, abs eta and pt bin.</summary>
    public static IEnumerable<SourceYield> Of(
        string group, string dataset, Spectrum spectrum, Func<TauClass, int, int, double> acceptance)
    {
        foreach (TauClass type in spectrum.Types)
            foreach (int mode in spectrum.ModesOf(type))
            {
                CountGrid counts = spectrum[type, mode];
                (long inside, var expected) = (0L, new OrderedSum());
                for (int x = 0; x < counts.X.Count; x++)
                    for (int y = 0; y < counts.Y.Count; y++)
                    {
                        inside += counts[x, y];
                        expected.Add(counts[x, y] * acceptance(type, x, y));
                    }
                yield return new(group, dataset, type, mode, counts.Entries, counts.Entries - inside, expected.Value);
            }
    }
}
