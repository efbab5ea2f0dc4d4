using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.Learning;
using Xunit;

namespace TauPipeline.Tests.Unit.Learning;

public sealed class LearningRateTests
{
    private static readonly TrainingHistory s_none = new([]);

    // DeepTau halves at every epoch divisible by step_decay but the first; epochs count from 0 there.
    [Fact]
    public void Steps_come_at_every_second_epoch_but_the_first()
    {
        var rate = new LearningRatePlan { Name = "step", Every = 2, Factor = 0.5 };

        Enumerable.Range(0, 6).Select(epoch => rate.FactorAt(epoch, 6, s_none)).ShouldBe([1, 1, 0.5, 0.5, 0.25, 0.25]);
        rate.FactorAt(1.99, 6, s_none).ShouldBe(1);
    }

    [Fact]
    public void The_cosine_goes_from_all_to_what_is_last()
    {
        var rate = new LearningRatePlan { Name = "cosine", Last = 0.2 };

        new[] { 0, 2.5, 5, 7.5, 10 }.Select(at => rate.FactorAt(at, 10, s_none))
            .ShouldBe([1, 0.2 + 0.8 * (1 + Math.Sqrt(0.5)) / 2, 0.6, 0.2 + 0.8 * (1 - Math.Sqrt(0.5)) / 2, 0.2], 1e-12);
    }

    [Fact]
    public void An_exponential_has_no_steps()
    {
        var rate = new LearningRatePlan { Name = "exponential", Factor = 0.25 };

        new[] { 0, 0.5, 1, 2 }.Select(at => rate.FactorAt(at, 10, s_none)).ShouldBe([1, 0.5, 0.25, 0.0625], 1e-15);
    }

    [Fact]
    public void It_falls_where_the_validation_loss_stays()
    {
        var rate = new LearningRatePlan { Name = "plateau", Factor = 0.1, Patience = 2 };

        Factor(3, 2, 1).ShouldBe(1);
        Factor(3, 2, 2.5, 2.2).ShouldBe(0.1);
        Factor(3, 2, 2.5, 2.2, 2.1).ShouldBe(0.1); // counting began anew
        Factor(3, 2, 2.5, 2.2, 2.1, 2).ShouldBe(0.01, 1e-15);
        Factor(3, 2, 2.5, 1.9, 2, 1.8, 1.85).ShouldBe(1);

        double Factor(params double[] losses) =>
            rate.FactorAt(losses.Length, 100, new([.. losses.Select((loss, i) => new EpochRecord(i + 1, 0, loss, 0, 0, []))]));
    }

    [Fact]
    public void The_rate_rises_from_nothing_in_the_warm_up()
    {
        var rate = new LearningRatePlan { Name = "step", WarmUp = 0.5, Every = 1 };

        new[] { 0, 0.1, 0.5, 0.9, 1 }.Select(at => rate.FactorAt(at, 10, s_none)).ShouldBe([0, 0.2, 1, 1, 0.5], 1e-15);
    }

    [Fact]
    public void An_unknown_way_is_misuse() =>
        Should.Throw<Misuse>(() => new LearningRatePlan { Name = "sine" }.FactorAt(0, 1, s_none)).Message.ShouldContain("cosine");
}
