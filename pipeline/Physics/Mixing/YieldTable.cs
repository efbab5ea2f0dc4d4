using TauPipeline.Statistics;

namespace TauPipeline.Physics;

/// <summary>What mixing will do with one bin: counts before, probabilities, and the candidates expected after.</summary>
/// <param name="Group">Group of datasets.</param>
/// <param name="Type">Truth class.</param>
/// <param name="AbsEta">Bin of abs eta.</param>
/// <param name="Pt">Bin of pt.</param>
/// <param name="Count">Candidates before.</param>
/// <param name="Acceptance">p, which flattens the spectrum.</param>
/// <param name="Share">P, which balances the types.</param>
/// <param name="IsBinding">Whether this bin limits all other low bins of its type and group.</param>
public readonly record struct YieldRow(
    string Group,
    TauClass Type,
    int AbsEta,
    int Pt,
    long Count,
    double Acceptance,
    double Share,
    bool IsBinding)
{
    /// <summary>Expected candidates after mixing.</summary>
    public double Expected => Count * Acceptance * Share;
}

/// <summary>The dry run of mixing: every bin of every type and group, known without reading a tuple.</summary>
public sealed class YieldTable
{
    private YieldTable(IReadOnlyList<YieldRow> rows) => Rows = rows;

    /// <summary>All bins, by group, type, abs eta and pt.</summary>
    public IReadOnlyList<YieldRow> Rows { get; }

    /// <summary>The table of some probabilities.</summary>
    public static YieldTable Of(SpectralThinning thinning)
    {
        List<YieldRow> rows = [];
        foreach (GroupAcceptance acceptance in thinning.Acceptances)
            for (int x = 0; x < acceptance.Counts.X.Count; x++)
                for (int y = 0; y < acceptance.Counts.Y.Count; y++)
                    rows.Add(
                        new(
                            acceptance.Group,
                            acceptance.Type,
                            x,
                            y,
                            acceptance.Counts[x, y],
                            acceptance[x, y],
                            thinning.Share(acceptance.Type),
                            acceptance.BindingBin == (x, y)));
        return new(rows);
    }

    /// <summary>The table of quotas: what is taken of a bin is known exactly.</summary>
    public static YieldTable Of(QuotaPlan plan) => new(
    [
        .. from @group in Enumerable.Range(0, plan.Groups.Count)
           let spectrum = plan.Groups[@group].Spectrum
           from type in spectrum.Types
           let counts = spectrum[type]
           from x in Enumerable.Range(0, counts.X.Count)
           from y in Enumerable.Range(0, counts.Y.Count)
           let quota = (double)plan.Quota(@group, type, x, y)
           select new YieldRow(plan.Groups[@group].Name, type, x, y, counts[x, y], quota / Math.Max(1, counts[x, y]), 1, false),
    ]);

    /// <summary>Expected candidates of a type, over all groups and bins.</summary>
    public double Expected(TauClass type) => Sum(row => row.Type == type);

    /// <summary>
    /// Why nothing can be learned from such rows, or <see langword="null"/>: two classes are needed, and a row to end the training by.
    /// </summary>
    public static string? WhyNoTraining(YieldTable train, YieldTable validation)
    {
        TauClass[] classes =
        [
            .. train.Rows.Select(row => row.Type).Distinct().Where(type => train.Expected(type) >= 1).OrderBy(type => type.Index),
        ];
        return WhyNoTraining([.. classes.Select(one => one.Name)], validation.Sum(_ => true) >= 1);
    }

    /// <summary>The same for the classes that are left to train on, and whether there is a validation row.</summary>
    public static string? WhyNoTraining(IReadOnlyList<string> classes, bool hasValidation) => classes.Count switch
    {
        0 => "no row is left to train on",
        1 => $"all rows to train on are of class {classes[0]}",
        _ => hasValidation ? null : "no validation row is left to end the training by",
    };

    private double Sum(Func<YieldRow, bool> takes) => OrderedSum.Of([.. Rows.Where(takes).Select(row => row.Expected)]);
}
