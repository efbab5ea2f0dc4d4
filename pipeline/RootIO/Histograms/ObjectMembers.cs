namespace TauPipeline.RootIO;

/// <summary>The members of histograms and graphs as they are written; looks are ROOT's defaults.</summary>
internal static class ObjectMembers
{
    private const double Unset = -1111;

    public static Dictionary<string, object> Of(RootHistogram histogram)
    {
        Dictionary<string, object> members = Named(histogram.Name, histogram.Title);
        members["fNcells"] = (double)histogram.Values.Length;
        string[] names = ["fXaxis", "fYaxis", "fZaxis"];
        for (int i = 0; i < names.Length; i++)
            members[names[i]] = Of(
                i < histogram.Axes.Count ? histogram.Axes[i] : new HistogramAxis(1, 0, 1),
                names[i][1..].ToLowerInvariant());
        members["fBarWidth"] = 1000.0;
        members["fEntries"] = histogram.Entries;
        HistogramSums sums = histogram.Sums;
        (members["fTsumw"], members["fTsumw2"], members["fTsumwx"], members["fTsumwx2"]) = (sums.Weights, sums.Squares, sums.X, sums.XX);
        (members["fTsumwy"], members["fTsumwy2"], members["fTsumwxy"]) = (sums.Y, sums.YY, sums.XY);
        (members["fMaximum"], members["fMinimum"]) = (Unset, Unset);
        members["fScalefactor"] = 1.0;
        members["fStatOverflows"] = 2.0; // as the user's session says
        members["fSumw2"] = histogram.SumOfSquares;
        members[StreamedObject.ArrayMember] = histogram.Values;
        return members;
    }

    public static Dictionary<string, object> Of(RootGraph graph)
    {
        Dictionary<string, object> members = Named(graph.Name, graph.Title);
        members["fNpoints"] = (double)graph.X.Length;
        (members["fX"], members["fY"]) = (graph.X, graph.Y);
        (members["fMaximum"], members["fMinimum"]) = (Unset, Unset);
        ReadOnlyMemory<double> none = new double[graph.X.Length];
        GraphErrors x = graph.XErrors.IsNone ? GraphErrors.Symmetric(none) : graph.XErrors,
            y = graph.YErrors.IsNone ? GraphErrors.Symmetric(none) : graph.YErrors;
        (members["fEX"], members["fEY"]) = (x.Low, y.Low);
        (members["fEXlow"], members["fEXhigh"], members["fEYlow"], members["fEYhigh"]) = (x.Low, x.High, y.Low, y.High);
        return members;
    }

    private static Dictionary<string, object> Of(HistogramAxis axis, string name)
    {
        Dictionary<string, object> members = new(StringComparer.Ordinal) { ["fName"] = name, ["fTitle"] = axis.Title };
        (members["fNbins"], members["fXmin"], members["fXmax"]) = ((double)axis.Bins, axis.Low, axis.High);
        members["fXbins"] = new ReadOnlyMemory<double>(axis.IsVariable ? axis.Edges() : []);
        (members["fNdivisions"], members["fAxisColor"], members["fLabelColor"], members["fLabelFont"]) = (510.0, 1.0, 1.0, 42.0);
        (members["fLabelOffset"], members["fLabelSize"], members["fTickLength"]) = (0.005, 0.035, 0.03);
        (members["fTitleOffset"], members["fTitleSize"], members["fTitleColor"], members["fTitleFont"]) = (1.0, 0.035, 1.0, 42.0);
        return members;
    }

    private static Dictionary<string, object> Named(string name, string title) => new(StringComparer.Ordinal)
    {
        ["fName"] = name,
        ["fTitle"] = title,
        ["fLineColor"] = 602.0,
        ["fLineStyle"] = 1.0,
        ["fLineWidth"] = 1.0,
        ["fFillStyle"] = 1001.0,
        ["fMarkerColor"] = 1.0,
        ["fMarkerStyle"] = 1.0,
        ["fMarkerSize"] = 1.0,
    };
}
