using TauPipeline.Columns;
using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>
/// Sends scored rows to the signal and background of every evaluation pair that wants them, those that are neither to the distributions
/// of scores, and counts the confusion of classes.
/// </summary>
internal sealed class EvaluatedRows
{
    private readonly IReadOnlyList<EvaluationPair> _pairs;
    private readonly IReadOnlyList<Discriminator> _discriminators;
    private readonly Dictionary<(string Pair, bool Signal), ScoredRows> _rows = [];
    private readonly ClassScheme _classes;
    private readonly MissingScores _missing;
    private readonly long[][] _confusion;

    public EvaluatedRows(
        EvaluationSettings evaluation,
        IReadOnlyList<Discriminator> discriminators,
        IReadOnlyList<EfficiencyVariable> variables,
        string sample)
    {
        Distributions = new ScoreDistributions(evaluation, discriminators, sample);
        (_pairs, _classes, _discriminators) = ([.. evaluation.Gathered], evaluation.Classes, discriminators);
        _missing = new MissingScores(_classes);
        _confusion = [.. _classes.Trained.Select(_ => new long[_classes.Trained.Count])];
        foreach (EvaluationPair pair in _pairs)
            foreach (bool signal in new[] { true, false })
                _rows[(pair.Name, signal)] = new ScoredRows(_classes, [.. Shown(pair)], evaluation.Weight, variables);
    }

    public ScoredRows Signal(EvaluationPair pair) => _rows[(pair.RowsOf, true)];

    public ScoredRows Background(EvaluationPair pair) => _rows[(pair.RowsOf, false)];

    public IReadOnlyList<IReadOnlyList<long>> Confusion => _confusion;

    /// <summary>What can be said of rows that are neither signal nor background.</summary>
    public ScoreDistributions Distributions { get; }

    public void Add(string dataset, Batch rows, RowLedger ledger)
    {
        ReadOnlySpan<int> types = rows.Flat<int>(CandidateColumns.Type);
        var fate = new string?[rows.Rows];
        Array.Fill(fate, "in no evaluation pair");
        _missing.Begin(rows);
        foreach (EvaluationPair pair in _pairs)
        {
            bool[]? selected = pair.Selection?.True(rows);
            foreach (bool signal in new[] { true, false })
            {
                PairSample? sample = (signal ? pair.Signal : pair.Background).FirstOrDefault(one => one.Dataset == dataset);
                if (sample is null) continue;
                int[] taken = Selected(type => sample.Types.Contains(_classes.Of(type)), rows, selected, fate);
                if (taken.Length == 0) continue;
                _rows[(pair.Name, signal)].Add(dataset, rows.Take(taken));
                foreach (Discriminator one in Shown(pair)) _missing.Look(one, pair.Against, taken);
            }
            int[] aside = Selected(type => Distributions.Takes(pair, dataset, _classes.Of(type)), rows, selected, fate);
            if (aside.Length == 0) continue;
            Distributions.Add(pair, dataset, rows.Take(aside));
            foreach (Discriminator one in _discriminators.Where(one => one.Has(pair.Against))) _missing.Look(one, pair.Against, aside);
        }
        Count(rows, types, fate, ledger);
    }

    /// <summary>Counts the rows that go on, now that it is known which discriminators have a score for some row.</summary>
    public void Finish(RowLedger ledger) => _missing.Count(ledger);

    // The rows of wanted types that are selected; notes why the others of these types are not.
    private static int[] Selected(Func<int, bool> wanted, Batch rows, bool[]? selected, string?[] fate)
    {
        ReadOnlySpan<int> types = rows.Flat<int>(CandidateColumns.Type);
        var taken = new List<int>();
        for (int i = 0; i < rows.Rows; i++)
        {
            if (!wanted(types[i])) continue;
            if (selected is not null && !selected[i]) fate[i] = fate[i] is null ? null : "not selected for evaluation";
            else
            {
                taken.Add(i);
                fate[i] = null;
            }
        }
        return [.. taken];
    }

    private IEnumerable<Discriminator> Shown(EvaluationPair pair) =>
        _discriminators.Where(one => one.Has(pair.Against) || one.Points.ContainsKey(pair.Against));

    private void Count(Batch rows, ReadOnlySpan<int> types, string?[] fate, RowLedger ledger)
    {
        float[][] scores = [.. _classes.Trained.Select(one => rows.Flat<float>(CandidateColumns.Score(one)).ToArray())];
        double[] weights = rows[CandidateColumns.Weight].ToDoubles();
        for (int i = 0; i < fate.Length; i++)
        {
            string @class = _classes.Of(types[i]).Name;
            ledger.In(@class, 1, weights[i]);
            if (fate[i] is { } reason)
            {
                ledger.Dropped(reason, @class, 1, weights[i]);
                continue;
            }
            _missing.GoesOn(i, @class, weights[i]);
            if (types[i] >= 0 && types[i] < _confusion.Length && !float.IsNaN(scores[0][i])) _confusion[types[i]][Largest(scores, i)]++;
        }
    }

    private static int Largest(float[][] scores, int row)
    {
        int largest = 0;
        for (int type = 1; type < scores.Length; type++)
            if (scores[type][row] > scores[largest][row]) largest = type;
        return largest;
    }
}
