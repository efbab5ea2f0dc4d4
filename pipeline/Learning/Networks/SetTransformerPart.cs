using System.Text.Json.Serialization;

namespace TauPipeline.Learning;

/// <summary>
/// A set transformer (Lee et al. 2019): objects to a width, blocks in which they look at each other by way of a few learned points, a few
/// learned seeds that look at all of them, and these at each other (specification atlas-upp-and-balanced-batches 10.3).
/// </summary>
/// <param name="Input">The list.</param>
/// <param name="Width">Numbers of an object, a point, a seed.</param>
/// <param name="Heads">Equal parts of the width that look by themselves.</param>
/// <param name="Points">Learned points of a block.</param>
/// <param name="Blocks">Blocks.</param>
/// <param name="Seeds">Learned seeds; their numbers are the output.</param>
public sealed record SetTransformerPart(InputShape Input, int Width, int Heads, int Points, int Blocks, int Seeds) : SetPart(Input)
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override int Outputs => Seeds * Width;

    /// <inheritdoc/>
    public override void Check()
    {
        base.Check();
        foreach ((string what, int value) in ((string, int)[])[("width", Width), ("heads", Heads), ("points", Points), ("seeds", Seeds)])
            if (value < 1) throw LearningErrors.NoNetwork($"{what} of '{Input.Name}'", $"{value}", "at least 1");
        if (Blocks < 0) throw LearningErrors.NoNetwork($"blocks of '{Input.Name}'", $"{Blocks}", "0 or more");
        if (Width % Heads != 0)
            throw LearningErrors.NoNetwork($"width of '{Input.Name}'", $"{Width} for {Heads} heads", "equal parts for all heads");
    }

    internal string Embedding => $"{Input.Name}_embedding";

    internal string PointsOf(int block) => $"{Input.Name}_block_{block}_points";

    // What points take of objects, and objects of points.
    internal string Gather(int block) => $"{Input.Name}_block_{block}_gather";

    internal string Spread(int block) => $"{Input.Name}_block_{block}_spread";

    internal string SeedsName => $"{Input.Name}_seeds";

    internal string Pool => $"{Input.Name}_pool";

    internal string Among => $"{Input.Name}_among_seeds";
}
