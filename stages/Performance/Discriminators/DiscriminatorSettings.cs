using TauPipeline.Configuration;
using TauPipeline.Expressions;
using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>Working points that the raw file stores: which ones a candidate passes, as bits or as a number.</summary>
/// <param name="Column">Where they stand.</param>
/// <param name="Encoding">How; told from the values if <see langword="null"/>.</param>
/// <param name="Order">What the column knows, loosest first.</param>
public sealed record StoredPoints(string Column, WorkingPointEncoding? Encoding, IReadOnlyList<WorkingPoint> Order)
{
    /// <summary><c>file:line</c> of the setting.</summary>
    public string Where { get; init; } = "discriminators";
}

/// <summary>A discriminator to be shown: the campaign's own network, or scores and working points that the raw files store.</summary>
/// <param name="Name">Its name in files.</param>
/// <param name="Title">What legends say.</param>
/// <param name="IsNetwork">Whether it is the network trained here.</param>
/// <param name="Scores">Its score against each type, larger for genuine taus.</param>
/// <param name="Points">Stored working points against each type.</param>
public sealed record Discriminator(
    string Name,
    string Title,
    bool IsNetwork,
    IReadOnlyDictionary<TauClass, Expression> Scores,
    IReadOnlyDictionary<TauClass, StoredPoints> Points)
{
    /// <summary>Whether it says anything against that type.</summary>
    public bool Has(TauClass against) => IsNetwork || Scores.ContainsKey(against);

    internal double[] Score(ClassScheme classes, TauClass against, Columns.Batch rows) =>
        IsNetwork ? ScoreVs.Of(classes, against, rows) : Scores[against].Flat(rows);
}

/// <summary>The block <c>discriminators:</c>.</summary>
public sealed record DiscriminatorSettings(IReadOnlyList<Discriminator> All, SettingsUsed Used)
{
    /// <summary>The networks that were trained elsewhere.</summary>
    public IReadOnlyList<ForeignModel> Models { get; private init; } = [];

    /// <summary>The columns of stored working points, and where the campaign names them.</summary>
    public IEnumerable<(string Where, string Column)> StoredColumns =>
        All.SelectMany(one => one.Points.Values).Select(points => (points.Where, points.Column));

    /// <summary>The columns that scores and working points need of scored rows.</summary>
    public IEnumerable<string> Columns =>
        All.SelectMany(one =>
            one.Scores.Values.SelectMany(score => score.Columns).Concat(one.Points.Values.Select(points => points.Column)));

    /// <summary>The columns that candidates have to bring along for them.</summary>
    public IEnumerable<string> Carried => Columns.Except(Models.SelectMany(model => model.Made));

    /// <summary>The expressions that must fit the candidates.</summary>
    public IEnumerable<Expression> Expressions =>
        All.Where(one => Models.All(model => model.Name != one.Name)).SelectMany(one => one.Scores.Values)
            .Concat(Models.SelectMany(model => model.Expressions));

    /// <summary>Reads the block.</summary>
    public static DiscriminatorSettings Read(ConfigBlock root, ClassSettings classes)
    {
        var all = new List<Discriminator>();
        var models = new List<ForeignModel>();
        SettingsUsed used = classes.Used;
        foreach ((string name, ConfigBlock block) in root.Blocks("discriminators"))
        {
            string source = block.Choice("source", ["network", "stored", "onnx"], "stored");
            bool network = source == "network";
            ForeignModel? foreign = source == "onnx" ? ForeignModelSettings.Read(name, block, classes.Scheme) : null;
            ConfigBlock scores = block.Block("scores");
            var expressions = block.TextMap("scores")
                .ToDictionary(score => Against(block, score.Name, classes.Scheme), score => Parse(scores, score.Name, score.Text));
            if (foreign is not null)
            {
                models.Add(foreign);
                used = used.And(foreign.Used);
                foreach (TauClass one in classes.Scheme.Backgrounds.Where(one => foreign.Classes.Contains(one.Name)))
                    expressions.TryAdd(one, foreign.Score(one.Name, block.Where));
            }
            var points = block.Blocks("working_points")
                .ToDictionary(point => Against(block, point.Name, classes.Scheme), point => Points(point.Block));
            string title = block.Text("title", name);
            if (!network && expressions.Count + points.Count == 0) block.Wrong("scores", "scores or working points", "none");
            all.Add(new Discriminator(name, title, network, expressions, points));
            used = used.And(block.Used());
            foreach ((_, ConfigBlock point) in block.Blocks("working_points")) used = used.And(point.Used());
        }
        return new DiscriminatorSettings(
            all.Count > 0
                ? all
                :
                [
                    new Discriminator(
                        "network",
                        "Network",
                        true,
                        new Dictionary<TauClass, Expression>(),
                        new Dictionary<TauClass, StoredPoints>()),
                ],
            used.And("discriminators", all.Select(one => one.Name)))
        {
            Models = models,
        };
    }

    private static TauClass Against(ConfigBlock block, string name, ClassScheme classes)
    {
        TauClass type = block.Mistakes.Try(() => classes.Parse(name), classes.All[0]);
        if (!classes.Backgrounds.Contains(type)) block.Wrong("scores", $"a background: {string.Join(", ", classes.Backgrounds)}", name);
        return type;
    }

    private static Expression Parse(ConfigBlock block, string key, string text) =>
        block.Mistakes.Try(() => Expression.Parse(text, block.At(key)), Expression.Parse("0", block.At(key)));

    private static StoredPoints Points(ConfigBlock block)
    {
        WorkingPointEncoding? encoding = block.Choice("encoding", ["bits", "ordinal", "auto"], "bits") switch
        {
            "bits" => WorkingPointEncoding.Bits,
            "ordinal" => WorkingPointEncoding.Ordinal,
            _ => null,
        };
        string column = block.Text("column");
        WorkingPoint[] order =
        [
            .. block.Texts("names", [.. WorkingPoints.All.Select(point => point.ToString())])
                .Select(name => block.Mistakes.Try(() => WorkingPoints.Parse(name), WorkingPoint.Medium)),
        ];
        return new StoredPoints(column, encoding, order) { Where = block.At("column") };
    }
}
