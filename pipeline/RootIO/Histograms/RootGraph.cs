namespace TauPipeline.RootIO;

/// <summary>Points with or without errors: TGraph, TGraphErrors, TGraphAsymmErrors (spec section 5).</summary>
public sealed record RootGraph
{
    /// <summary>The object's name.</summary>
    public required string Name { get; init; }

    /// <summary>The object's title.</summary>
    public required string Title { get; init; }

    /// <summary>Abscissas.</summary>
    public required ReadOnlyMemory<double> X { get; init; }

    /// <summary>Ordinates, one for each abscissa.</summary>
    public required ReadOnlyMemory<double> Y { get; init; }

    /// <summary>Errors of x: downwards and upwards, equal for TGraphErrors; empty for TGraph.</summary>
    public GraphErrors XErrors { get; init; }

    /// <summary>Errors of y, as <see cref="XErrors"/>.</summary>
    public GraphErrors YErrors { get; init; }

    /// <summary>ROOT's class of such a graph.</summary>
    public string ClassName =>
        XErrors.IsNone && YErrors.IsNone ? "TGraph"
        : XErrors.IsSymmetric && YErrors.IsSymmetric ? "TGraphErrors"
        : "TGraphAsymmErrors";

    internal static bool Is(string className) => className is "TGraph" or "TGraphErrors" or "TGraphAsymmErrors";

    internal static RootGraph From(StreamedObject found)
    {
        double[] x = found.Array("fX"), y = found.Array("fY");
        (GraphErrors xs, GraphErrors ys) = found.ClassName switch
        {
            "TGraphErrors" => (GraphErrors.Symmetric(found.Array("fEX")), GraphErrors.Symmetric(found.Array("fEY"))),
            "TGraphAsymmErrors" => (
                new GraphErrors(found.Array("fEXlow"), found.Array("fEXhigh")),
                new GraphErrors(found.Array("fEYlow"), found.Array("fEYhigh"))),
            _ => (default, default),
        };
        var graph = new RootGraph { Name = found.Text("fName"), Title = found.Text("fTitle"), X = x, Y = y, XErrors = xs, YErrors = ys };
        if (!graph.IsWhole())
            throw RootErrors.Damaged(
                found.Place,
                "a graph",
                $"{x.Length} points with as many errors",
                $"{y.Length} ordinates, errors of other numbers");
        return graph;
    }

    internal bool IsWhole()
    {
        int points = X.Length;
        bool Fits(GraphErrors errors) => (errors.IsNone || errors.Low.Length == points) && errors.Low.Length == errors.High.Length;
        return Y.Length == points && Fits(XErrors) && Fits(YErrors);
    }
}

/// <summary>Errors of the points of a graph along one axis, each 0 or more.</summary>
/// <param name="Low">Downwards.</param>
/// <param name="High">Upwards.</param>
public readonly record struct GraphErrors(ReadOnlyMemory<double> Low, ReadOnlyMemory<double> High)
{
    /// <summary>Errors of equal size in both directions.</summary>
    public static GraphErrors Symmetric(ReadOnlyMemory<double> errors) => new(errors, errors);

    /// <summary>Whether there are none.</summary>
    public bool IsNone => Low.IsEmpty && High.IsEmpty;

    /// <summary>Whether they are equal in both directions.</summary>
    public bool IsSymmetric => Low.Span.SequenceEqual(High.Span);
}
