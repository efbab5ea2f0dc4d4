using TauPipeline.BuildGraph;
using TauPipeline.Columns;
using TauPipeline.Configuration;
using TauPipeline.Expressions;
using TauPipeline.Formats;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using TauPipeline.Simulation;

namespace TauPipeline.Stages;

/// <summary>
/// Whether a campaign names columns that its candidates have, told before any work. Generated datasets declare theirs; of a
/// dataset of files the first one is looked at, if it is here already. Ingest looks at every file again. It is the one thing that opens
/// files while a campaign is composed (no <c>Steps()</c> does): what it finds decides whether to start, never what a step is.
/// </summary>
internal sealed class KnownColumns
{
    private readonly IngestSettings _ingestion;
    private readonly IReadOnlyList<Dataset> _datasets;
    private readonly Mistakes _mistakes;
    private readonly Lazy<HashSet<string>?> _anywhere;

    /// <summary>The columns of these datasets.</summary>
    public KnownColumns(IReadOnlyList<Dataset> datasets, IngestSettings ingestion, Mistakes mistakes)
    {
        (_datasets, _ingestion, _mistakes) = (datasets, ingestion, mistakes);
        _anywhere = new(Anywhere);
    }

    /// <summary>Checks what makes candidates, and what works on their rows later.</summary>
    /// <param name="selections">Selections of rows: of evaluation and working points.</param>
    /// <param name="scores">Expressions whose columns files may lack where the campaign says so.</param>
    /// <param name="named">Columns that settings name, and where.</param>
    /// <param name="mixed">Expressions over mixed rows, and the columns that those have beside.</param>
    public void Check(
        IEnumerable<Expression> selections,
        IEnumerable<Expression> scores,
        IEnumerable<(string Where, string Column)> named,
        (IEnumerable<Expression> On, IEnumerable<string> Made) mixed)
    {
        Expression[] onRows = [.. selections], alsoOnRows = [.. scores];
        (string, string)[] columns = [.. named];
        foreach (Schema file in _datasets.Select(dataset => Columns(dataset, 0)).OfType<Schema>())
        {
            Schema candidates = Candidates(file);
            foreach (Expression expression in _ingestion.Expressions)
                Check(expression, candidates, mayBeNowhere: expression != _ingestion.Selection);

            IEnumerable<ColumnSpec> derived = _ingestion.Columns.Select(column => new ColumnSpec(column.Name, ColumnType.Float32));
            var rows = new Schema(derived.Concat(candidates.Columns).DistinctBy(column => column.Name));
            foreach (Expression expression in onRows) Check(expression, rows, mayBeNowhere: false);
            foreach (Expression expression in alsoOnRows) Check(expression, rows, mayBeNowhere: true);
            var mixedRows = new Schema(
                rows.Columns.Concat(mixed.Made.Select(name => new ColumnSpec(name, ColumnType.Float32))).DistinctBy(column => column.Name));
            foreach (Expression expression in mixed.On) Check(expression, mixedRows, mayBeNowhere: false);
            foreach ((string where, string column) in columns)
                if (rows.Find(column) is null && !MayLack(column, mayBeNowhere: true))
                    _mistakes.Add(StageErrors.NoColumn(where, column, rows));
        }
    }

    private void Check(Expression expression, Schema schema, bool mayBeNowhere)
    {
        string[] lacking = [.. expression.Columns.Where(name => schema.Find(name) is null)];
        if (lacking.Length > 0 && lacking.All(name => MayLack(name, mayBeNowhere))) return;
        _mistakes.Try(() => expression.Check(schema), null);
    }

    // What a file may lack, another may have; who selects by what none has, selects nothing. Our own files are all alike.
    private bool MayLack(string name, bool mayBeNowhere) =>
        _datasets.Any(dataset => dataset.Generated is null) && _ingestion.IsOptional(name)
        && (mayBeNowhere || _anywhere.Value is not { } all || all.Contains(name));

    private Schema Candidates(Schema file) =>
        new(_ingestion.Layout.CandidateSchema(file).Columns.Concat(CandidateColumns.OfTruth).DistinctBy(column => column.Name));

    // Null if some file is not here yet.
    private HashSet<string>? Anywhere()
    {
        HashSet<string> all = [.. _ingestion.Columns.Select(column => column.Name)];
        foreach (Dataset dataset in _datasets)
            for (int i = 0; i < (dataset.Generated is null ? dataset.Inputs.Count : 1); i++)
                if (Columns(dataset, i) is { } file) all.UnionWith(Candidates(file).Columns.Select(column => column.Name));
                else return null;
        return all;
    }

    private Schema? Columns(Dataset dataset, int index)
    {
        if (dataset.Generated is { } generated) return OutputLayout.ByName(generated.Layout).Schema;
        if (index >= dataset.Inputs.Count || dataset.Inputs[index].File.Source is not { Location: var location } || !File.Exists(location))
            return null;
        try
        {
            using RawFile raw = RawFile.Open(new ProductInput(location));
            if (raw.Find(_ingestion.Layout.Table) is not { } table) return null;
            RawTypes.Check(table, _ingestion);
            return table.Schema;
        }
        catch (Exception error) when (error is StepFailed or Misuse)
        {
            return null; // a file that cannot be read, or holds something else, fails in its own step, with its own words
        }
    }
}
