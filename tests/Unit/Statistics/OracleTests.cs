using System.Text.Json;
using Shouldly;
using TauPipeline.Statistics;

namespace TauPipeline.Tests.Unit.Statistics;

/// <summary>Every number here comes from scipy, scikit-learn, statsmodels or numpy (oracle.py).</summary>
public sealed class OracleTests
{
    [OracleFact]
    public void Clopper_Pearson_intervals_agree_with_scipy_to_1e_10()
    {
        foreach (JsonElement answer in Oracle.Answer("clopper").EnumerateArray())
        {
            double[] known = answer.Numbers();

            Interval interval = ClopperPearson.Of(known[0], known[1], known[2])!.Value;

            interval.Low.ShouldBe(known[3], 1e-10, $"{known[0]} of {known[1]}");
            interval.High.ShouldBe(known[4], 1e-10, $"{known[0]} of {known[1]}");
            if (known[3] > 0) (interval.Low / known[3]).ShouldBe(1, 1e-7, $"{known[0]} of {known[1]}");
        }
    }

    [OracleFact]
    public void Clopper_Pearson_intervals_agree_with_statsmodels()
    {
        foreach (JsonElement answer in Oracle.Answer("clopper_statsmodels").EnumerateArray())
        {
            double[] known = answer.Numbers();

            Interval interval = ClopperPearson.Of(known[0], known[1], 0.68)!.Value;

            interval.Low.ShouldBe(known[2], 1e-12);
            interval.High.ShouldBe(known[3], 1e-12);
        }
    }

    [OracleFact]
    public void The_incomplete_beta_function_agrees_with_scipy()
    {
        foreach (JsonElement answer in Oracle.Answer("beta").EnumerateArray())
        {
            double[] known = answer.Numbers();

            double found = BetaDistribution.Cumulative(known[0], known[1], known[2]);

            found.ShouldBe(known[3], 1e-11, $"a {known[0]}, b {known[1]}, x {known[2]}");
        }
    }

    [OracleFact]
    public void The_tail_of_chi2_agrees_with_scipy()
    {
        foreach (JsonElement answer in Oracle.Answer("chi2_tail").EnumerateArray())
        {
            double[] known = answer.Numbers();

            Chi2.Probability(known[0], (int)known[1]).ShouldBe(known[2], 1e-12, $"chi2 {known[0]}, ndf {known[1]}");
        }
    }

    [OracleFact]
    public void The_Kolmogorov_probability_agrees_with_scipy_on_both_sides_of_its_change_of_series()
    {
        foreach (JsonElement answer in Oracle.Answer("kolmogorov").EnumerateArray())
        {
            double[] known = answer.Numbers();

            KolmogorovSmirnov.Probability(known[0]).ShouldBe(known[1], 1e-13, $"z {known[0]}");
        }
    }

    [OracleFact]
    public void ROC_points_thresholds_and_area_agree_with_scikit_learn()
    {
        foreach (JsonElement sample in Oracle.Answer("roc").EnumerateArray())
        {
            RocCurve curve = Curve(sample);

            curve.Points.Select(point => point.FalsePositiveRate).ShouldBeClose(sample.Numbers("fpr"), 1e-13);
            curve.Points.Select(point => point.TruePositiveRate).ShouldBeClose(sample.Numbers("tpr"), 1e-13);
            curve.Points.Skip(1).Select(point => point.Threshold).ShouldBe(sample.Numbers("thr"));
            curve.Area.Value.ShouldBe(sample.GetProperty("auc").GetDouble(), 1e-13);
        }
    }

    [OracleFact]
    public void Collinear_points_are_dropped_as_scikit_learn_drops_them()
    {
        foreach (JsonElement sample in Oracle.Answer("roc").EnumerateArray().Where(sample => !sample.GetProperty("weighted").GetBoolean()))
        {
            RocCurve curve = Curve(sample).WithoutCollinear();

            curve.Points.Select(point => point.FalsePositiveRate).ShouldBeClose(sample.Numbers("few_fpr"), 1e-13);
            curve.Points.Select(point => point.TruePositiveRate).ShouldBeClose(sample.Numbers("few_tpr"), 1e-13);
        }
    }

    [OracleFact]
    public void The_error_of_the_area_is_that_of_all_pairwise_placements()
    {
        foreach (JsonElement sample in Oracle.Answer("roc").EnumerateArray())
            Curve(sample).Area.Error!.Value.ShouldBe(sample.GetProperty("error").GetDouble(), 1e-12);
    }

    [OracleFact]
    public void Holm_agrees_with_statsmodels()
    {
        JsonElement known = Oracle.Answer("holm");

        double[] adjusted = HolmCorrection.Adjust(known.Numbers("p"));

        adjusted.ShouldBeClose(known.Numbers("adjusted"), 1e-14);
    }

    [OracleFact]
    public void The_chi2_test_of_two_histograms_agrees_with_scipys_contingency_test()
    {
        JsonElement known = Oracle.Answer("chi2");
        long[] first = [.. known.Numbers("a").Select(count => (long)count)], second = [.. known.Numbers("b").Select(count => (long)count)];

        HistogramTest test = Chi2.Compare(first, second)!.Value;

        test.Statistic.ShouldBe(known.GetProperty("chi2").GetDouble(), 1e-10);
        test.PValue.ShouldBe(known.GetProperty("p").GetDouble(), 1e-12);
        test.DegreesOfFreedom.ShouldBe(known.GetProperty("ndf").GetInt32());
    }

    [OracleFact]
    public void Sparse_histograms_are_joined_and_tested_as_scipy_tests_them()
    {
        foreach (JsonElement known in Oracle.Answer("chunks").EnumerateArray())
        {
            long[] a = Counts(known, "a"), b = Counts(known, "b");

            (long[] one, long[] two) = SparseBins.Join(a, b, known.GetProperty("least").GetDouble());

            one.ShouldBe(Counts(known, "one"));
            two.ShouldBe(Counts(known, "two"));
            HistogramTest chi2 = Chi2.Compare(one, two)!.Value, ks = KolmogorovSmirnov.Compare(a, b)!.Value;
            chi2.Statistic.ShouldBe(known.GetProperty("chi2").GetDouble(), 1e-10);
            chi2.PValue.ShouldBe(known.GetProperty("p").GetDouble(), 1e-12);
            chi2.DegreesOfFreedom.ShouldBe(known.GetProperty("ndf").GetInt32());
            ks.Statistic.ShouldBe(known.GetProperty("z").GetDouble(), 1e-12);
            ks.PValue.ShouldBe(known.GetProperty("ks").GetDouble(), 1e-12);
        }
    }

    [OracleFact]
    public void Moments_quantiles_and_sums_agree_with_numpy()
    {
        JsonElement known = Oracle.Answer("sample");
        double[] sample = known.Numbers("x"), sorted = [.. sample.Order()];

        Moments moments = Moments.Of(sample);

        OrderedSum.Of(sample).ShouldBe(known.GetProperty("sum").GetDouble());
        moments.Mean.ShouldBe(known.GetProperty("mean").GetDouble(), 1e-8);
        moments.Variance.ShouldBe(known.GetProperty("variance").GetDouble(), 1e-9);
        known.Numbers("q").Select(q => Quantile.OfSorted(sorted, q)).ShouldBeClose(known.Numbers("quantiles"), 1e-9);
    }

    [OracleFact]
    public void Bins_are_found_as_numpy_digitize_finds_them()
    {
        JsonElement known = Oracle.Answer("edges");
        var edges = new BinEdges(known.Numbers("edges"));

        known.Numbers("x").Select(edges.Find).Select(bin => (double)bin).ShouldBe(known.Numbers("bin"));
    }

    private static RocCurve Curve(JsonElement sample) => RocCurve.From(
        [.. sample.GetProperty("y").EnumerateArray().Select(label => label.GetBoolean())],
        sample.Numbers("s"),
        sample.GetProperty("weighted").GetBoolean() ? sample.Numbers("w") : [])!;

    private static long[] Counts(JsonElement known, string name) => [.. known.Numbers(name).Select(count => (long)count)];
}
