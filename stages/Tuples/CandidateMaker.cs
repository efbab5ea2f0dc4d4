using TauPipeline.Columns;
using TauPipeline.Expressions;
using TauPipeline.Formats;
using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>
/// Entries of a raw tuple to rows of a shard, for files of one schema: layout, truth, selection, derived columns; every row is accounted
/// for.
/// </summary>
public sealed class CandidateMaker
{
    private readonly IngestSettings _settings;
    private readonly IReadOnlyList<DerivedColumn> _derived, _lacking;
    private readonly ExpressionSet _expressions;
    private readonly IReadOnlyList<string> _given;
    private readonly EntryIdentity? _identity;
    private readonly Schema _declared;

    /// <summary>A maker for tables of that schema.</summary>
    /// <exception cref="StepFailed">A column is missing that nothing can do without, or is not among those of the campaign.</exception>
    internal CandidateMaker(IngestSettings settings, (RawTableName Name, Schema Columns) table, EntryIdentity? identity, Schema? campaign)
    {
        (_settings, _identity) = (settings, identity);
        LayoutNeeds needs = settings.NeedsOf(table.Columns);
        string[] gone = [.. needs.Needed.Where(name => table.Columns.Find(name) is null)];
        string[] fatal = [.. gone.Where(name => !settings.IsOptional(name) || needs.Essential.Contains(name))];
        if (fatal.Length > 0) throw StageErrors.MissingColumns(table, fatal, needs.Essential, settings.Layout);

        Reads =
        [
            .. needs.Needed.Except(gone, StringComparer.Ordinal).Concat(needs.Optional.Where(name => table.Columns.Find(name) is not null)),
        ];
        _declared = needs.Declared(new Schema(Reads.Select(name => table.Columns.Find(name)!)));
        Schema whole = needs.Declared(table.Columns);
        var candidates = new Schema(settings.Layout.CandidateSchema(identity?.In(whole) ?? whole).Columns.Concat(CandidateColumns.OfTruth));
        _lacking = [.. settings.Columns.Where(column => column.Expression.Columns.Any(name => candidates.Find(name) is null))];
        _derived = [.. settings.Columns.Except(_lacking)];
        _expressions = new ExpressionSet(_derived.Select(column => column.Expression));
        string[] carried =
        [
            .. CandidateColumns.FromLayout.Concat(settings.Carried)
                .Concat(settings.KeptColumns(candidates))
                .Distinct(StringComparer.Ordinal),
        ];
        Given = new Schema(carried.Select(candidates.Find).OfType<ColumnSpec>()
            .Append(new ColumnSpec(CandidateColumns.Type, ColumnType.Int32))
            .Concat(settings.Columns.Select(column => new ColumnSpec(column.Name, ColumnType.Float32)))
            .GroupBy(column => column.Name).Select(group => group.Last()));
        _given = [.. Given.Columns.Select(column => column.Name).Where(name => name != CandidateColumns.Type)];
        string[] lacking = [.. carried.Where(name => Given.Find(name) is null)];
        Schema = campaign ?? new Schema(Given.Columns.Concat(lacking.Select(name => new ColumnSpec(name, ColumnType.Float32))));
        if (Given.Columns.FirstOrDefault(column => Schema.Find(column.Name) is null) is { } unknown)
            throw StageErrors.NotInCampaign(table.Name, unknown.Name);
        Missing = [.. _lacking.Select(column => column.Name)
            .Concat(Schema.Columns.Select(column => column.Name).Where(name => Given.Find(name) is null))];
    }

    /// <summary>The data that count; all if <see langword="null"/>.</summary>
    internal LuminosityMask? Certified { get; init; }

    /// <summary>The weights of pile-up, by the columns that they make.</summary>
    internal IReadOnlyDictionary<string, PileUpWeights> PileUp { get; init; } = new Dictionary<string, PileUpWeights>();

    /// <summary>The columns to read.</summary>
    public IReadOnlyList<string> Reads { get; }

    /// <summary>The columns of the shard.</summary>
    public Schema Schema { get; }

    /// <summary>Those that this file gives, in its own types.</summary>
    public Schema Given { get; }

    /// <summary>Columns that this file cannot give: all their values are missing.</summary>
    public IReadOnlyList<string> Missing { get; }

    /// <summary>Entries as the layout takes them: what is missing marked, numbers in the declared types, and events told apart.</summary>
    /// <exception cref="StepFailed">A number has no room in the type that is declared for it.</exception>
    public Batch Entries(Batch read, long firstEntry)
    {
        Batch typed = Conformed.To(_declared, ForeignMissing.Marked(read));
        return _identity?.In(typed, firstEntry) ?? typed;
    }

    /// <summary>The rows made of some entries; what is left out goes to the ledger.</summary>
    public Batch Make(Batch entries, long firstEntry, RowLedger ledger)
    {
        Batch candidates = _settings.Layout.Candidates(entries, firstEntry);
        // A line of its own even where nothing is dropped: unmatched candidates are counted with and without a gen jet.
        ledger.Dropped(TruthMatch.NothingThere, "", 0, 0);
        CandidateTruth[] truth = _settings.Layout.Truth(candidates);
        candidates = candidates.With(
            new Column<int>(CandidateColumns.GenMatch, Array.ConvertAll(truth, one => one.Code)),
            new Column<int>(CandidateColumns.SampleType, Array.ConvertAll(truth, one => (int)one.Sample)));
        TauClass?[] classes = ClassRules.Of(_settings.Classes.Scheme, candidates);
        bool[] selected = _settings.Selection?.True(candidates) ?? [];
        var rows = new List<int>(candidates.Rows);
        var types = new List<int>(candidates.Rows);
        ReadOnlySpan<float> weights = candidates.Flat<float>(CandidateColumns.Weight);
        ReadOnlySpan<uint> run = candidates.Flat<uint>(CandidateColumns.Run), lumi = candidates.Flat<uint>(CandidateColumns.Lumi);
        for (int i = 0; i < truth.Length; i++)
        {
            string @class = truth[i].NoCandidate is null && classes[i] is { } known ? known.Name : "";
            ledger.In(@class, 1, weights[i]);
            if (truth[i].NoCandidate is { } reason) ledger.Dropped(reason, "", 1, weights[i]);
            else if (classes[i] is not { } type) ledger.Dropped(truth[i].Match.Reason ?? ClassRules.NoClass, "", 1, weights[i]);
            else if (Certified?.IsCertified(run[i], lumi[i]) == false) ledger.Dropped("not certified", @class, 1, weights[i]);
            else if (selected.Length > 0 && !selected[i]) ledger.Dropped($"not {_settings.Selection!.Text}", @class, 1, weights[i]);
            else
            {
                rows.Add(i);
                types.Add(type.Index);
                ledger.Out(@class, 1, weights[i]);
            }
        }

        // Where most rows stay, to work out columns of all is less work than to move the constituents that they are made of.
        int[] stay = [.. rows];
        Batch made = 2 * stay.Length > candidates.Rows ? Derived(candidates).Take(stay) : Derived(candidates.Take(stay));
        made = made.With(
        [
            new Column<int>(CandidateColumns.Type, types.ToArray()),
            .. _settings.PileUp.Columns.Select(one =>
                Weights(one.Column, made.Flat<float>(one.Column.Name), row => truth[stay[row]].Sample)),
        ]);
        return Conformed.To(Schema, made);
    }

    // Rows with the columns that this file gives, but for the type.
    private Batch Derived(Batch candidates)
    {
        var columns = new List<Column>();
        foreach ((DerivedColumn column, ReadOnlyMemory<double> values) in _derived.Zip(_expressions.Flat(candidates)))
            columns.Add(Rounded(column.Name, values.Span));
        foreach (DerivedColumn column in _lacking)
            columns.Add(Columns.Missing.Everywhere(new ColumnSpec(column.Name, ColumnType.Float32), candidates.Rows));
        return candidates.With([.. columns]).Only(_given);
    }

    // From the pile-up of each row to its weight. Data have their own pile-up, and taus embedded in data have that of the data.
    private Column<float> Weights(DerivedColumn column, ReadOnlySpan<float> pileUp, Func<int, SampleType> sampleOf)
    {
        bool isLacking = _lacking.Contains(column);
        var weights = new float[pileUp.Length];
        for (int row = 0; row < weights.Length; row++)
            weights[row] = sampleOf(row) != SampleType.Simulation ? 1
                : isLacking ? throw StageErrors.NoPileUpColumn(column)
                : (float)PileUp[column.Name].Of(pileUp[row]);
        return new Column<float>(column.Name, weights);
    }

    private static Column<float> Rounded(string name, ReadOnlySpan<double> values)
    {
        var floats = new float[values.Length];
        for (int i = 0; i < floats.Length; i++) floats[i] = (float)values[i];
        return new Column<float>(name, floats);
    }
}
