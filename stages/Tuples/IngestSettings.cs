using System.Text.RegularExpressions;
using TauPipeline.Columns;
using TauPipeline.Configuration;
using TauPipeline.Expressions;
using TauPipeline.Formats;
using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>A column worked out at ingestion.</summary>
public sealed record DerivedColumn(string Name, Expression Expression);

/// <summary>The block <c>ingest:</c>: layout, selection, derived columns, columns to keep.</summary>
public sealed record IngestSettings
{
    private const string ByEntry = "entry";

    private static readonly string[] Identities = ["event", ByEntry];

    private readonly List<Regex> _keep = [];
    private readonly IReadOnlyList<string> _optional, _onlyForPileUp;

    private IngestSettings(ConfigBlock block, ClassSettings classes, IReadOnlyList<string> carried, long? entryLimit)
    {
        string layout = block.Choice("layout", TupleLayouts.Names, "tau_tuple");
        ConfigBlock flat = block.Block("flat");
        Layout = TupleLayouts.ByName(layout, layout == TupleLayouts.Flat ? FlatOf(flat) : null);
        Selection = block.Has("selection") ? Parse(block, "selection", block.Text("selection")) : null;
        ConfigBlock columns = block.Block("columns");
        PileUp = PileUpSettings.Read(block);
        Columns =
        [
            .. block.TextMap("columns").Select(column => new DerivedColumn(column.Name, Parse(columns, column.Name, column.Text))),
            .. PileUp.Columns.Select(weight => weight.Column),
        ];
        foreach (string pattern in block.Texts("keep", []))
        {
            try { _keep.Add(new Regex($"^(?:{pattern})$", RegexOptions.CultureInvariant)); }
            catch (ArgumentException error) { block.Wrong("keep", "a regular expression", $"{pattern}: {error.Message}"); }
        }
        _optional = block.Texts("optional", []);
        IdentifiesByEntry = block.Choice("identity", Identities, "event") == ByEntry;
        Classes = classes;
        EntryLimit = entryLimit;
        // What an expression derives need not be carried by name as well.
        Carried = [.. carried.Except(Columns.Select(column => column.Name), StringComparer.Ordinal)];
        _onlyForPileUp = [.. PileUp.Columns.SelectMany(weight => weight.Column.Expression.Columns)
            .Except(Expressions.Except(PileUp.Columns.Select(weight => weight.Column.Expression)).SelectMany(one => one.Columns))
            .Except(Carried)];
        Used = block.Used()
            .And(PileUp.Used)
            .And(flat.Used())
            .And(classes.UsedForTruth)
            .And("ingest.columns", Columns.Select(column => column.Name))
            .And("carried", Carried)
            .And("limit.entries", entryLimit?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "none");
        // Products do not depend on it.
        Threads = (int)block.Whole("threads", 1, 1, 256);
    }

    /// <summary>How raw files become candidates.</summary>
    public ITupleLayout Layout { get; }

    /// <summary>The classes that candidates are told apart by.</summary>
    public ClassSettings Classes { get; }

    /// <summary>Which candidates are kept; all if <see langword="null"/>.</summary>
    public Expression? Selection { get; }

    /// <summary>Columns to work out.</summary>
    public IReadOnlyList<DerivedColumn> Columns { get; }

    /// <summary>Weights among them that give simulation the pile-up of data.</summary>
    public PileUpSettings PileUp { get; }

    /// <summary>Columns that later stages name and that no expression derives.</summary>
    public IReadOnlyList<string> Carried { get; }

    /// <summary>
    /// Whether events are told apart by their file and entry, instead of by run, luminosity section and event: <c>identity: entry</c>.
    /// </summary>
    public bool IdentifiesByEntry { get; }

    /// <summary>Entries of each file to look at, for a quick look.</summary>
    public long? EntryLimit { get; }

    /// <summary>Threads that unpack one file's columns; files are ingested side by side in any case.</summary>
    public int Threads { get; }

    /// <summary>What enters fingerprints.</summary>
    public SettingsUsed Used { get; }

    /// <summary>All expressions.</summary>
    public IEnumerable<Expression> Expressions =>
        Columns.Select(column => column.Expression).Concat(Selection is null ? [] : [Selection]).Concat(Classes.Rules);

    /// <summary>Reads the block.</summary>
    /// <param name="block">The block.</param>
    /// <param name="classes">The classes of the campaign.</param>
    /// <param name="carried">Columns that features, discriminators and evaluation name.</param>
    /// <param name="entryLimit">Entries of each file to look at.</param>
    public static IngestSettings Read(ConfigBlock block, ClassSettings classes, IReadOnlyList<string> carried, long? entryLimit) =>
        new(block, classes, carried, entryLimit);

    /// <summary>The columns that the layout needs of a table of that schema to give all that is asked for.</summary>
    public LayoutNeeds NeedsOf(Schema file)
    {
        IEnumerable<string> wanted = Expressions.SelectMany(expression => expression.Columns)
            .Concat(KeptColumns(Layout.CandidateSchema(file)))
            .Concat(Carried);
        LayoutNeeds needs = Layout.Needs(file, [.. wanted.Distinct(StringComparer.Ordinal)]);
        return IdentifiesByEntry ? needs.Without(Layout.Identity) : needs;
    }

    /// <summary>The maker of rows for tables of that schema.</summary>
    /// <param name="table">The table, for messages.</param>
    /// <param name="file">Its columns.</param>
    /// <param name="origin">The file's name in the campaign.</param>
    /// <param name="campaign">The columns that all shards of the campaign have; those of this file if <see langword="null"/>.</param>
    /// <param name="certified">The data that count; all if <see langword="null"/>.</param>
    /// <param name="pileUp">The weights of <see cref="PileUp"/>; needed to make rows.</param>
    public CandidateMaker MakerFor(
        RawTableName table,
        Schema file,
        string origin = "",
        Schema? campaign = null,
        LuminosityMask? certified = null,
        IReadOnlyDictionary<string, PileUpWeights>? pileUp = null) =>
        new(this, (table, file), IdentifiesByEntry ? new EntryIdentity(Layout.Identity, origin) : null, campaign)
        {
            Certified = certified,
            PileUp = pileUp ?? new Dictionary<string, PileUpWeights>(),
        };

    /// <summary>
    /// Whether a file may lack that column: then what needs it is NaN, and the report says so. Data lack what only pile-up is told by.
    /// </summary>
    public bool IsOptional(string column) =>
        _onlyForPileUp.Concat(_optional).Contains(column, StringComparer.Ordinal) || _optional.Contains("all", StringComparer.Ordinal);

    /// <summary>The columns that <c>keep</c> asks for and candidates have.</summary>
    public IReadOnlyList<string> KeptColumns(Schema candidates) =>
        [.. candidates.Columns.Select(column => column.Name).Where(name => _keep.Any(pattern => pattern.IsMatch(name)))];

    private static FlatColumns FlatOf(ConfigBlock block) =>
        new(block.Text("table"), block.Text("pt"), block.Text("eta"))
        {
            PtUnit = block.Choice("pt_unit", ["GeV", "MeV"], "GeV") == "MeV" ? 1e-3 : 1,
            Phi = Optional(block, "phi"),
            DecayMode = Optional(block, "decay_mode"),
            Weight = Optional(block, "weight"),
            Run = block.Text("run", "runNumber"),
            Lumi = block.Text("lumi", "lumiBlock"),
            Event = block.Text("event", "eventNumber"),
        };

    private static string? Optional(ConfigBlock block, string key) => block.Has(key) ? block.Text(key) : null;

    private static Expression Parse(ConfigBlock block, string key, string text) =>
        block.Mistakes.Try(() => Expression.Parse(text, block.At(key)), Expression.Parse("0", block.At(key)));
}
