using TauPipeline.Columns;
using TauPipeline.Formats;
using TauPipeline.Physics;
using TauPipeline.Statistics;

namespace TauPipeline.Stages;

/// <summary>
/// Scores of rows that are neither signal nor background, collision data first of all: no curve can be made of them, but how they are
/// distributed can be seen. For each pair and discriminator the rows of every dataset that pass the pair's selection.
/// </summary>
internal sealed class ScoreDistributions(EvaluationSettings evaluation, IReadOnlyList<Discriminator> discriminators, string sample)
{
    private const int MostBins = 100;

    // In the order of pairs and discriminators, then as rows come, which is the order of datasets.
    private readonly Dictionary<(EvaluationPair Pair, Discriminator Discriminator), Dictionary<(string, TauClass), GrowingHistogram>> _all =
        evaluation.Gathered
            .SelectMany(pair => discriminators.Where(one => one.Has(pair.Against)).Select(one => (pair, one)))
            .ToDictionary(key => key, _ => new Dictionary<(string, TauClass), GrowingHistogram>());

    /// <summary>Whether a row of a dataset and class is shown here in a pair that has other samples.</summary>
    public bool Takes(EvaluationPair pair, string dataset, TauClass one) =>
        !evaluation.Classes.Trained.Contains(one)
        && !pair.Signal.Concat(pair.Background).Any(sample => sample.Dataset == dataset && sample.Types.Contains(one));

    /// <summary>Counts some rows of a dataset, which are taken and selected.</summary>
    public void Add(EvaluationPair pair, string dataset, Batch rows)
    {
        ReadOnlySpan<int> types = rows.Flat<int>(CandidateColumns.Type);
        foreach (Discriminator one in discriminators.Where(one => one.Has(pair.Against)))
        {
            Dictionary<(string, TauClass), GrowingHistogram> histograms = _all[(pair, one)];
            double[] scores = one.Score(evaluation.Classes, pair.Against, rows);
            for (int i = 0; i < scores.Length; i++)
            {
                (string, TauClass) key = (dataset, evaluation.Classes.Of(types[i]));
                if (!histograms.TryGetValue(key, out GrowingHistogram? histogram))
                    histograms[key] = histogram = new GrowingHistogram(MostBins);
                histogram.Add(scores[i]);
            }
        }
    }

    /// <summary>
    /// All distributions of discriminators that some row has a score of; those of one pair and discriminator have the same edges.
    /// </summary>
    public IEnumerable<DistributionEntry> Entries()
    {
        foreach (((EvaluationPair pair, Discriminator one), Dictionary<(string, TauClass), GrowingHistogram> histograms) in _all)
        {
            if (histograms.Values.All(histogram => histogram.Counted == 0)) continue;
            foreach (GrowingHistogram histogram in histograms.Values)
                foreach (GrowingHistogram other in histograms.Values) histogram.Cover(other);
            foreach (((string dataset, TauClass @class), GrowingHistogram histogram) in histograms)
                yield return new DistributionEntry(one.Name, one.Title, pair.Name, pair.Against.Name, dataset, @class.Name)
                {
                    Sample = sample,
                    Selection = pair.Selection?.Text ?? "none",
                    Edges = histogram.Edges,
                    Counts = histogram.Counts,
                    Missing = histogram.Missing,
                    Infinite = histogram.Infinite,
                };
        }
    }

    /// <summary>Stored discriminators that no row has a score of, though there are rows.</summary>
    public IEnumerable<(EvaluationPair Pair, Discriminator Discriminator)> Lacking =>
        _all.Where(one =>
                !one.Key.Discriminator.IsNetwork && one.Value.Count > 0 && one.Value.Values.All(h => h.Counted + h.Infinite == 0))
            .Select(one => one.Key);
}
