using System.Globalization;
using TauPipeline.Columns;
using TauPipeline.Expressions;
using TauPipeline.Formats;
using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>What can be wrong with the data a stage is given.</summary>
internal static class StageErrors
{
    public static ErrorText NoColumn(string where, string column, Schema known) =>
        new($"{where}: there is no column '{column}'", [("nearest", ErrorText.Nearest(column, known.Columns.Select(one => one.Name)))]);

    public static StepFailed MoreShardsThanRows(int shards, long rows, string of = "reweight", string group = "") => new(new ErrorText(
        group.Length == 0 ? "there are more shards than rows" : $"there are more shards than rows of group '{group}'",
        [("shards", $"{shards}"), ("rows", $"{rows}")],
        $"lower {of}.shards"));

    public static StepFailed OneNumberOfTwoNames(string what, ulong number, IEnumerable<string> names) => new(new ErrorText(
        $"two {what} have names of one number", [("number", $"{number}"), ("names", string.Join(", ", names))], "rename one, or drop name_ids"));

    public static StepFailed OutsideComponent(string component, TauClass one, (long Rows, string Sample) found, CellBinning cells) =>
        new(new ErrorText(
            $"component '{component}' has {found.Rows} {found.Sample} rows of class {one.Name} in no cell",
            [("cells", $"{cells.Name}: {string.Join(", ", cells.Names)}")],
            "widen the edges, narrow the region, or say 'outside: drop'"));

    public static string NoSlots(string sample, long found) =>
        $"{found} constituents of the {sample} rows had no slot, and are left out";

    public static StepFailed OtherOutput(ForeignModel model, double found) => new(new ErrorText(
        $"the model of '{model.Name}' does not give a number for each class",
        [("model", model.File.Path), ("output", model.Output), ("numbers a row", $"{found:0.##}"), ("classes", $"{model.Classes.Count}")]));

    public static StepFailed OtherScore(string row, int place, float ours, float exported) => new(new ErrorText(
        "the exported model gives another score than the network that it was made of",
        [("at", row), ("probability", $"{place}, from 0"), ("network", $"{ours:R}"), ("exported", $"{exported:R}")],
        "a feature that is far from what was trained on? see its scaling; else this is a mistake of ours"));

    public static StepFailed NoNorm(string column, Statistics.Moments found) => new(new ErrorText(
        $"'{column}' cannot be brought to mean 0 and spread 1",
        [
            ("values", $"{found.Count}"), ("spread", $"{found.StandardDeviation}"), ("infinite", $"{found.Infinite}"),
            ("missing", $"{found.NotANumber}"),
        ],
        "take it out of training_files.variables, or mend it at ingest"));

    public static Misuse NothingToMerge() =>
        new("no dataset is used for training: there is nothing to merge");

    public static StepFailed MergeBlocksTooLarge(long bytes, long memory) => new(new ErrorText(
        "the rows that are shuffled together do not fit into memory",
        [("block", $"{bytes} bytes"), ("memory of the step", $"{memory} bytes")],
        "lower reweight.block_rows, or raise step_memory"));

    public static StepFailed TrainBlocksTooLarge(long bytes, long memory, int rows) => new(new ErrorText(
        "the rows that are shuffled together do not fit into half of the training's memory",
        [("first rows", $"{rows}"), ("bytes", $"{bytes}"), ("memory of the training", $"{memory} bytes")],
        "lower train.shuffle_rows, or raise train.memory"));

    public static StepFailed InFile(StepFailed wrong, string file) =>
        new(wrong.Text with { Facts = [("file", file), .. wrong.Text.Facts] }, wrong);

    public static string OtherStart(string file, string what, string there, string here) =>
        $"{file} was trained with other {what} than this network: '{there}', here '{here}'";

    public static string StartedFrom(string file, IReadOnlyList<string> layers) =>
        $"{layers.Count} layers begin with the weights of {file}: {string.Join(", ", layers)}";

    public static StepFailed InRow(StepFailed wrong, (string Shard, long Row) origin) => new(
        wrong.Text with
        {
            Facts = [("shard", origin.Shard), ("row", $"{origin.Row}"), .. wrong.Text.Facts.Where(fact => fact.Label != "row")],
        },
        wrong);

    public static Misuse CellsOfSeveralTables(ReweightTable table, IEnumerable<string?> groups) => new(new ErrorText(
        $"reweight.tables.{table.Name}: cells and class must belong to rows, or to the constituents of one table",
        [("found", string.Join(", ", groups.Select(group => group ?? "rows").Distinct())), ("class", table.Class)],
        "make columns of constituents flat with sum, maximum…, or name a class of theirs"));

    public static StepFailed OutsideCells(ReweightTable table, long found, string sample = SplitSettings.Train) => new(new ErrorText(
        $"'{table.Name}' has no cell for {found} of the first {sample} rows or constituents",
        [("cells", string.Join(", ", table.Cells.Variables.Select(variable => variable.Text))), ("class", table.Class)],
        "widen the edges, or say 'overflow: true' of the cells; missing values lie in no cell: 'outside: zero' gives weight 0"));

    public static string WeightZeroOutside(string sample, long found) =>
        $"{found} entries of the {sample} rows lie in no cell of a table of weights, and have weight 0";

    public static StepFailed MissingColumns(
        (RawTableName Name, Schema Columns) table,
        IReadOnlyList<string> missing,
        IReadOnlyList<string> essential,
        ITupleLayout layout) =>
        new(new ErrorText(
            missing.Count == 1
                ? $"{table.Name} has no {table.Name.ColumnKind} '{missing[0]}'"
                : $"{table.Name} lacks {missing.Count} columns that are needed",
            [
                ("file", table.Name.File),
                .. missing.Take(10)
                    .Select(name => (name, "nearest " + ErrorText.Nearest(name, table.Columns.Columns.Select(column => column.Name)))),
            ],
            AdviceOn(missing, essential, layout.Identity)));

    public static StepFailed NoPileUpColumn(DerivedColumn weight) => new(new ErrorText(
        $"{weight.Expression.Where}: simulated candidates have no pile-up to make '{weight.Name}' of",
        [("needed", string.Join(", ", weight.Expression.Columns))],
        "name the column of their pile-up:  ingest: pile_up: " + weight.Name + ": { column: … }"));

    public static StepFailed NotInCampaign(RawTableName table, string column) => new(new ErrorText(
        $"column '{column}' was not there when the columns of the campaign were looked for", [("file", table.File)],
        "the file may not have been readable then: remove ingest/columns.json and run again"));

    public static StepFailed NoSection(RawTableName table, string column, Schema columns) => new(new ErrorText(
        $"{table} has no {table.ColumnKind} '{column}', so that no row can be told to be certified",
        [("file", table.File), ("nearest", ErrorText.Nearest(column, columns.Columns.Select(one => one.Name)))],
        "remove the dataset's  certified:"));

    public static StepFailed OtherType(RawTableName table, string column, string needed, string found) => new(new ErrorText(
        $"{table.Of(column)} has another type", [("file", table.File), ("needed", needed), ("found", found)]));

    public static Misuse WrongOperand(
        Expression expression,
        string needed,
        RawTableName table,
        IReadOnlyList<(string Name, string Type)> found,
        string? advice = null) =>
        new(new ErrorText($"{expression.Where}: {needed} needed here",
            [
                ("text", expression.Text),
                .. found.Select(column => ("found", $"{table.Of(column.Name)}, which is {column.Type}")),
                ("file", table.File),
            ],
            advice));

    public static Misuse OtherTable(Expression expression, RawTableName table, IReadOnlyList<ColumnSpec> found, Schema candidates) =>
        new(
            new ErrorText(
        $"{expression.Where}: columns of candidates are needed here",
        [
            ("text", expression.Text),
            .. found.SelectMany(column =>
                new[] { ("found", $"{table.Of(column.Name)}, which is {InWords(column)}"), ("meant", Meant(column, candidates)) }),
            ("file", table.File),
        ],
        "a list that is not of candidates gives them no value, not even as a sum: name what candidates have, or a number of the whole entry"
    ));

    /// <summary>A column's type, and of what it is a list.</summary>
    public static string InWords(ColumnSpec column) => column.Table is { } table ? $"{column.TypeName} of {table}" : column.TypeName;

    public static StepFailed BadWeight(Expression weight, double found) => new(new ErrorText(
        $"{weight.Where}: the weight of a candidate is not finite", [("text", weight.Text), ("found", $"{found:R}")],
        "give it a value where its columns have none, with  where(..., ..., ...)"));

    public static StepFailed NegativeWeight(Expression weight, double found) => new(new ErrorText(
        $"{weight.Where}: a training weight is negative", [("text", weight.Text), ("found", $"{found:R}")],
        "say what training does with it: weights: { negative_weights: absolute } or keep"));

    public static StepFailed NoSumOfWeights(string dataset, double found) => new(new ErrorText(
        $"dataset '{dataset}' cannot be pooled by its cross section: its generator weights do not add up to more than zero",
        [("sum", $"{found:R}")], $"see ingest/{dataset}/*.events.json; data have no cross section"));

    public static StepFailed EmptyClass(string what, string @class, string where) => new(new ErrorText(
        $"{what} has no row of class '{@class}'",
        [("where", where)],
        "add a dataset that has this class, widen the selection, or take the class out of the campaign"));

    public static StepFailed Leaks(IReadOnlyList<Leak> leaks) => new(new ErrorText(
        $"{leaks.Count}{(leaks.Count == LeakFinder.MostReported ? " or more" : "")} events stand in two parts of the split",
        [
            .. leaks.Take(5)
                .Select(leak =>
                    ($"{leak.First}, {leak.Second}", $"run {leak.Run}, lumi {leak.Lumi}, event {leak.Evt} of {Datasets(leak)}")),
        ],
        leaks.Any(leak => leak.FirstDataset != leak.SecondDataset)
            ? "datasets that hold the same events say so: give them the same  same_events: GROUP  and an event goes to one part in all of them; see validate/validation.json"
            : "see validate/validation.json"));

    public static StepFailed SameContent(IngestedFile first, IngestedFile second, ContentHash hash) => new(new ErrorText(
        $"datasets '{first.Dataset.Name}' and '{second.Dataset.Name}' hold the same file",
        [
            ("file", first.Raw.Source?.Location ?? first.Raw.Path),
            ("file", second.Raw.Source?.Location ?? second.Raw.Path),
            ("sha256", hash.ToString()),
        ],
        "name it in one dataset: with  use: both  its events are split between training and evaluation"));

    private static string Datasets(Leak leak) => leak.FirstDataset == leak.SecondDataset
        ? $"dataset '{leak.FirstDataset}'" : $"datasets '{leak.FirstDataset}' and '{leak.SecondDataset}'";

    public static StepFailed ChunksDiffer(IReadOnlyList<ChunkTest> failed, int tests, double alpha) => new(new ErrorText(
        "chunks of the mixed rows differ more than chance allows",
        [
            (
                "worst",
                string.Join("\n", failed.Take(5).Select(test =>
                    $"{test.Distribution}, chunk {test.Chunk}, {test.Test}: p = {test.PValue:g3}, {test.Adjusted:g3} after Holm's correction"))),
            ("failed", $"{failed.Count} of {tests} tests"),
            ("allowed", $"{alpha:g3}"),
        ],
        "raise shuffle_merge.block_rows; --target=Validate draws the worst on validate/index.html"));

    public static StepFailed EmptyRegions(IReadOnlyList<string> regions) => new(new ErrorText(
        $"{regions.Count} {(regions.Count == 1 ? "region has" : "regions have")} no row, so that no batch can be balanced",
        [("empty", string.Join(", ", regions.Take(20)) + (regions.Count > 20 ? ", ..." : ""))],
        "use coarser bins (definitions: binning), take the class out of the process, or  balance: empty_regions: skip"));

    public static StepFailed NoBatch(long largest, int rows) => new(new ErrorText(
        "no region has the rows of one batch",
        [("rows of the largest region", $"{largest}"), ("rows_per_region", $"{rows}")],
        "lower balance.rows_per_region, or say how many batches there shall be (rows then come again within a batch)"));

    public static StepFailed NoControlBatch(string sample, ControlGroup group, long rows, Expression? selection) => new(new ErrorText(
        $"the control region has not one batch of {sample} rows",
        [
            ("group", group.Group.Name),
            ("rows of it", $"{rows}, and a batch takes {group.Rows}"),
            .. selection is null ? [] : new[] { ("selection", $"{selection.Text} ({selection.Where})") },
        ],
        "widen control.selection, take fewer rows of the group, or more events of its datasets"));

    public static StepFailed ControlWeight(Expression times, double weight) => new(new ErrorText(
        "a row of the control region has no weight from 0",
        [("weight", weight.ToString(CultureInfo.InvariantCulture)), ("of", $"{times.Text} ({times.Where})")]));

    public static StepFailed BlocksTooLarge(long bytes, long memory) => new(new ErrorText(
        "the blocks of rows to be shuffled do not fit in the memory of the step",
        [("blocks", $"{bytes >> 20} MiB in memory at one time"), ("allowed", $"{memory >> 21} MiB, half of the step's {memory >> 20} MiB")],
        "lower shuffle_merge.block_rows, or raise step_memory"));

    public static Misuse NoGrids() => new(new ErrorText("'train.network' is deeptau, and the campaign draws no grid for it",
        [], "draw them with  definitions: grids:  and  definitions: components:"));

    public static Misuse NoLists() => new(new ErrorText("'train.network' takes lists of objects, and the campaign has none",
        [], "name groups of constituents under  definitions: lists:"));

    // Advice that works: what makes a candidate cannot be optional, what tells events apart has a stand-in.
    private static string AdviceOn(IReadOnlyList<string> missing, IReadOnlyList<string> essential, IReadOnlyList<string> identity)
    {
        string[] made = [.. missing.Where(name => essential.Contains(name) && !identity.Contains(name))];
        if (made.Length > 0)
            return $"every candidate is made of {string.Join(", ", made)}: without, there is none, and `optional` does not help";
        return missing.Any(identity.Contains)
            ? $"events are told apart by {string.Join(", ", identity)}, so that none is in two parts of the split; with  ingest: identity: entry  they are by file and entry (an event in two files is then two)"
            : "if results can do without, list it under  ingest: optional:";
    }

    // The same quantity of candidates and of the entry, how many there are, else names that look alike.
    private static string Meant(ColumnSpec column, Schema candidates)
    {
        string[] names = [.. candidates.Columns.Select(column => column.Name)];
        string quantity = column.Name.IndexOf('_', StringComparison.Ordinal) is var bar and >= 0 ? column.Name[bar..] : "_" + column.Name;
        string[] same = [.. names.Where(name => name.EndsWith(quantity, StringComparison.Ordinal) || name == $"n{column.Table}")];
        return ErrorText.Nearest(column.Name, same.Length > 0 ? same : names, 6);
    }
}
