using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.Learning;
using Xunit;

namespace TauPipeline.Tests.Unit.Learning;

/// <summary>Values of the training specification, section 5, computed by its authors; slopes against finite differences.</summary>
public sealed class LossTests
{
    private const int E = 0, Mu = 1, Tau = 2, Jet = 3;

    private static readonly double[] s_first = [.05, .05, .70, .20], s_second = [.30, .10, .05, .55];

    private static readonly IReadOnlyList<double>[] s_thresholds =
    [
        [.0630386, .1686942, .3628130, .681543, .8847544, .9675541, .9859251, .9928449],
        [.1058354, .2158633, .5551894, .8754835],
        [],
        [.2599605, .4249705, .5983682, .7848675, .8834768, .930868, .9573137, .9733927],
    ];

    private static readonly LossPlan s_plan = new() { Signal = Tau, Factors = [1, 2.5, 5, 1.5], Thresholds = s_thresholds };

    [Theory]
    [InlineData("tau_crossentropy", 1.083219, 2.708048, 0.247379, 0.902446)]
    [InlineData("tau_crossentropy_v2", 11.208486, 24.480912, 0.713350, 7.416752)]
    [InlineData("wp_loss", 1.540886, 4.712312, 0.012238, 0.775356)]
    [InlineData("wp_loss2", 2.786273, 7.432413, 0.091499, 1.599439)]
    public void Losses_of_the_first_output(string name, double e, double mu, double tau, double jet) =>
        All(name, s_first).ShouldBe([e, mu, tau, jet], 1e-5);

    [Theory]
    [InlineData("tau_crossentropy", 0.061660, 0.405465, 3.367921, 0.052207)]
    [InlineData("tau_crossentropy_v2", 0.028633, 0.040776, 5.991465, 0.027415)]
    public void Losses_of_the_second_output(string name, double e, double mu, double tau, double jet) =>
        All(name, s_second).ShouldBe([e, mu, tau, jet], 1e-5);

    [Fact]
    public void Loss_of_a_weighted_batch()
    {
        double[][] outputs = [s_first, s_second, s_first, s_second];
        var batch = new TrainingBatch(4, [], [E, Mu, Tau, Jet], [1, 2, .5f, 1]);
        var total = new ClassLoss(4, (s_plan with { Name = "tau_crossentropy_v2" }).For(4));

        total.Add(batch, [.. outputs.SelectMany(one => Logits(one)).Select(logit => (float)logit)]);

        (total.Sum / 4).ShouldBe(2.918532, 1e-5);
    }

    [Fact]
    public void Cross_entropy_focal_and_binary_are_their_formulas()
    {
        All("cross_entropy", s_first).ShouldBe(s_first.Select(output => -Math.Log(output)), 1e-12);
        All("focal", s_first, plan => plan with { Factors = [] })
            .ShouldBe(s_first.Select(output => -Math.Pow(1 - output, 2) * Math.Log(output)), 1e-9);
        All("binary_cross_entropy", s_first)
            .ShouldBe(
                s_first.Select((right, i) =>
                    (-Math.Log(right) - s_first.Where((_, other) => other != i).Sum(output => Math.Log(1 - output))) / 4),
                1e-9);
        // A quarter of the smoothing for each class, by hand.
        double smooth = -0.925 * Math.Log(.70) - 0.025 * (Math.Log(.05) + Math.Log(.05) + Math.Log(.20));
        All("cross_entropy", s_first, plan => plan with { Smoothing = 0.1 })[Tau].ShouldBe(smooth, 1e-12);
    }

    [Fact]
    public void Cross_entropy_of_logits_that_no_softmax_holds_is_their_difference()
    {
        double[] slopes = new double[3];

        new LossPlan().For(3).Of([0, 2000, -3000], 2, slopes).ShouldBe(5000);
        slopes.ShouldBe([0, 1, -1]);
    }

    public static TheoryData<string, double> Losses => new()
    {
        { "cross_entropy", 0 }, { "cross_entropy", 0.2 }, { "binary_cross_entropy", 0 }, { "focal", 0 }, { "tau_crossentropy", 0 },
        { "tau_crossentropy_v2", 0 }, { "wp_loss", 0 }, { "wp_loss2", 0 },
    };

    [Theory]
    [MemberData(nameof(Losses))]
    public void Slopes_are_those_of_finite_differences_and_no_loss_is_negative(string name, double smoothing)
    {
        IRowLoss loss = (s_plan with { Name = name, Smoothing = smoothing }).For(4);
        const double Step = 1e-5;
        var random = new Random(5);
        double[] slopes = new double[4], unused = new double[4];
        for (int row = 0; row < 400; row++)
        {
            double[] logits = [.. Enumerable.Range(0, 4).Select(_ => 6 * random.NextDouble() - 3)];
            int label = row % 4;
            loss.Of(logits, label, slopes).ShouldBeGreaterThanOrEqualTo(0);
            for (int i = 0; i < 4; i++)
            {
                double at = logits[i];
                logits[i] = at + Step;
                double above = loss.Of(logits, label, unused);
                logits[i] = at - Step;
                double below = loss.Of(logits, label, unused);
                logits[i] = at;
                double found = (above - below) / (2 * Step);
                slopes[i].ShouldBe(found, 1e-6 + 1e-5 * Math.Abs(found), $"row {row}, logit {i}");
            }
        }
    }

    [Fact]
    public void What_tells_taus_from_one_fake_does_not_see_the_others()
    {
        // The same odds of tau and electron; mu and jet share the rest otherwise.
        All("tau_crossentropy", [.10, .20, .30, .40])[E].ShouldBe(All("tau_crossentropy", [.10, .55, .30, .05])[E], 1e-6);
    }

    [Fact]
    public void A_fake_that_is_rejected_already_is_not_pushed_further()
    {
        double[] slopes = new double[4];
        (s_plan with { Name = "tau_crossentropy_v2" }).For(4).Of(Logits([.60, .30, .001, .099]), Jet, slopes);

        Math.Abs(slopes[Jet]).ShouldBeLessThan(1e-3);
        (s_plan with { Name = "tau_crossentropy_v2" }).For(4).Of(Logits([.20, .10, .60, .10]), Jet, slopes);
        slopes[Jet].ShouldBeLessThan(-1);
    }

    [Fact]
    public void Constants_that_do_not_fit_are_misuse()
    {
        Should.Throw<Misuse>(() => (s_plan with { Name = "focal" }).For(3)).Message.ShouldContain("factors of 4 classes");
        Should.Throw<Misuse>(() => (s_plan with { Name = "wp_loss", Thresholds = [] }).For(4)).Message.ShouldContain("thresholds");
        Should.Throw<Misuse>(() => new LossPlan { Name = "hinge" }.For(4)).Message.ShouldContain("tau_crossentropy_v2");
    }

    private static double[] All(string name, double[] outputs, Func<LossPlan, LossPlan>? change = null)
    {
        LossPlan plan = s_plan with { Name = name };
        IRowLoss loss = (change?.Invoke(plan) ?? plan).For(4);
        return [.. Enumerable.Range(0, 4).Select(label => loss.Of(Logits(outputs), label, new double[4]))];
    }

    private static double[] Logits(double[] outputs) => [.. outputs.Select(output => Math.Log(output))];
}
