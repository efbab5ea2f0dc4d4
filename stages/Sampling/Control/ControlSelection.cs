using System.Runtime.CompilerServices;
using TauPipeline.Columns;
using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>
/// Which rows a control region takes: those of its selection, and of a group that is to be like another so many that their spectra of pt
/// have one shape: with the chance (share wanted / share there) over the largest such ratio (training specification, section 14).
/// </summary>
internal sealed class ControlSelection(ControlSettings settings, ulong seed)
{
    private const string Outside = "outside the control region", NoBin = "outside the bins of pt";
    private const string Thinned = "thinned to the spectrum of another";

    private readonly ConditionalWeakTable<Batch, bool[]> _selected = [];
    private readonly double[][] _counts = [.. settings.Groups.Select(_ => new double[settings.Pt.Count])];
    private readonly ulong[] _keys = [.. settings.Groups.Select(group => CounterRandom.Key(seed, group.Group.Name))];

    /// <summary>The columns that counting needs.</summary>
    public IReadOnlyList<string> Columns { get; } =
    [
        .. new[] { CandidateColumns.Type, CandidateColumns.Pt }.Concat(settings.Selection?.Columns ?? []).Distinct(StringComparer.Ordinal),
    ];

    /// <summary>Counts rows of a group's datasets.</summary>
    public void Count(int group, Batch rows)
    {
        ReadOnlySpan<int> types = rows.Flat<int>(CandidateColumns.Type);
        ReadOnlySpan<float> pt = rows.Flat<float>(CandidateColumns.Pt);
        bool[] selected = Selected(rows);
        IReadOnlyList<TauClass> wanted = settings.Groups[group].Group.Types;
        for (int row = 0; row < rows.Rows; row++)
            if (selected[row] && wanted.Contains(settings.Classes.Of(types[row])) && settings.Pt.Contains(pt[row]))
                _counts[group][settings.Pt.Find(pt[row])]++;
    }

    /// <summary>The share of a group's rows that is kept in each bin of pt.</summary>
    private double[] Kept(int group)
    {
        int like = settings.Groups.ToList().FindIndex(one => one.Group.Name == settings.Groups[group].Like);
        double there = _counts[group].Sum(), wanted = like < 0 ? 0 : _counts[like].Sum();
        double[] ratios = [.. _counts[group].Select((count, bin) => count == 0 ? 0 : _counts[like][bin] / wanted / (count / there))];
        double largest = ratios.Max();
        return largest > 0 ? [.. ratios.Select(ratio => ratio / largest)] : ratios;
    }

    /// <summary>Why a candidate of a group is left out; <see langword="null"/> if it is not. After all are counted.</summary>
    public Func<int, MixCandidate, string?> WhyNot()
    {
        double[]?[] kept = [.. settings.Groups.Select((group, i) => group.Like is null ? null : Kept(i))];
        return (group, candidate) =>
            !Selected(candidate.Row.Batch)[candidate.Row.Index] ? Outside
            : kept[group] is not { } shares ? null
            : !settings.Pt.Contains(candidate.Pt) ? NoBin
            : new CounterRandom(_keys[group], (ulong)candidate.Entry).NextDouble() < shares[settings.Pt.Find(candidate.Pt)] ? null
            : Thinned;
    }

    private bool[] Selected(Batch rows) => _selected.GetValue(
        rows, batch => settings.Selection?.True(batch) ?? [.. Enumerable.Repeat(true, batch.Rows)]);
}
