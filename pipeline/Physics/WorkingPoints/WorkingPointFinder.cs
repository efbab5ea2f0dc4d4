using TauPipeline.Foundation;
using TauPipeline.Statistics;

namespace TauPipeline.Physics;

/// <summary>
/// Finds thresholds that give fixed efficiencies for genuine taus. Because a tau must pass a loose working point against
/// the other classes to count, all thresholds are found together.
/// </summary>
public sealed class WorkingPointFinder
{
    private readonly WorkingPointSettings _settings;
    private readonly WorkingPointTarget[] _targets;

    /// <summary>A finder of these targets.</summary>
    /// <exception cref="Misuse">Efficiencies or steps are out of range or order, or a required point is not among the targets.</exception>
    public WorkingPointFinder(WorkingPointSettings settings)
    {
        if (!(settings.EfficiencyStep is > 0 and <= 1))
            throw PhysicsErrors.BadSetting("the efficiency step", settings.EfficiencyStep, "above 0 and at most 1");
        if (settings.MostIterations < 2)
            throw PhysicsErrors.BadSetting("the number of iterations", settings.MostIterations, "at least 2");
        if (settings.Mistakes() is [ErrorText first, ..]) throw new Misuse(first);
        _settings = settings;
        _targets = [.. settings.Targets.GroupBy(target => target.Against).SelectMany(against => against.OrderBy(target => target.Point))];
    }

    /// <summary>
    /// Thresholds from scores of genuine taus, one array for each class; without weights every tau counts 1. Weights may be
    /// negative: a threshold is then the highest at and above which the wanted share of the weight stands. Where no tau is left
    /// that counts against some class there are no thresholds, and the table says so.
    /// </summary>
    /// <exception cref="StepFailed">A score is not a number, or rounding makes two points equal.</exception>
    public WorkingPointTable Find(IReadOnlyDictionary<string, double[]> scores, ReadOnlySpan<double> weights = default)
    {
        if (_targets.Length == 0) return new WorkingPointTable([]);
        if (Classes.FirstOrDefault(against => scores[against].Length == 0) is { } empty) return None(empty);
        var sample = new WorkingPointSample(_settings, _targets, scores, weights);
        if (Unmet(sample, null) is { } weightless) return None(weightless);
        var search = new WorkingPointSearch(_settings, _targets, sample);
        (double[] found, SearchEnding ending) = search.Run();
        double[] thresholds = Rounded(found);
        return Unmet(sample, thresholds) is { } lost
            ? None(lost)
            : new WorkingPointTable(Rows(sample, search.Visited, thresholds)) { Ending = ending };
    }

    private IEnumerable<string> Classes => _targets.Select(target => target.Against).Distinct();

    // The first class against which no tau counts.
    private string? Unmet(WorkingPointSample sample, double[]? thresholds) =>
        Classes.FirstOrDefault(against => sample.Passing(against, thresholds) is null);

    private static WorkingPointTable None(string against) =>
        WorkingPointTable.Without($"no genuine tau of positive weight is left to find working points against {against}");

    private double[] Rounded(double[] found)
    {
        double[] rounded = [.. found.Select(threshold => Math.Round(threshold, _settings.Decimals))];
        for (int i = 1; i < rounded.Length; i++)
            // Thresholds that are equal before rounding mean too few taus to tell the targets apart, which the report says.
            if (_targets[i].Against == _targets[i - 1].Against && rounded[i] == rounded[i - 1] && found[i] != found[i - 1])
                throw PhysicsErrors.RoundingMerges(_targets[i - 1], _targets[i], rounded[i]);
        return rounded;
    }

    private WorkingPointRow[] Rows(WorkingPointSample sample, List<double[]> visited, double[] thresholds)
    {
        var taus = Classes.ToDictionary(against => against, against => sample.Passing(against, thresholds)!.Value);
        return
        [
            .. _targets.Select((target, i) =>
            {
                PassingTaus passing = taus[target.Against];
                double achieved = passing.Ranked.ShareAbove(thresholds[i]);
                return new WorkingPointRow(
                    target.Against,
                    target.Point,
                    target.Efficiency,
                    thresholds[i],
                    achieved,
                    [.. visited.Select(round => round[i])])
                {
                    Uncertainty = Uncertainty(passing, achieved),
                    OneTau = passing.OneTau,
                };
            }),
        ];
    }

    // Another sample of as many taus would pass another share of them, in this interval: the thresholds that pass its ends here.
    private static Interval Uncertainty(PassingTaus taus, double achieved)
    {
        double count = taus.EffectiveCount;
        Interval share = ClopperPearson.Of(Math.Clamp(achieved, 0, 1) * count, count)!.Value;
        return new(taus.Ranked.At(1 - share.High), taus.Ranked.At(1 - share.Low));
    }
}
