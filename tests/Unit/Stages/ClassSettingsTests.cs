using Shouldly;
using TauPipeline.Configuration;
using TauPipeline.Physics;
using TauPipeline.Stages;
using Xunit;

namespace TauPipeline.Tests.Unit.Stages;

/// <summary>The block <c>classes:</c>.</summary>
public sealed class ClassSettingsTests
{
    [Fact]
    public void Trained_classes_come_first_whatever_the_order_of_the_campaign()
    {
        ClassSettings classes = Read("""
            classes:
              unmatched: { role: aside, truth: gen_match == 0 }
              jet: { role: background, title: Jets, truth: gen_match == 6 }
              tau: { role: signal, truth: gen_match == 5 }
            """);

        classes.Scheme.All.Select(one => (one.Index, one.Name)).ShouldBe([(0, "jet"), (1, "tau"), (2, "unmatched")]);
        classes.Scheme.Trained.Select(one => one.Name).ShouldBe(["jet", "tau"]);
        classes.Scheme.Signals.Single().Name.ShouldBe("tau");
        classes.Scheme.Title(classes.Scheme.Parse("jet")).ShouldBe("Jets");
        classes.Scheme.Title(classes.Scheme.Parse("tau")).ShouldBe("tau");
    }

    [Fact]
    public void Without_a_block_they_are_the_standard_ones() => Read("campaign: x").Scheme.ShouldBeSameAs(StandardClasses.Scheme);

    [Fact]
    public void A_rule_is_in_the_fingerprint_of_those_who_tell_classes_apart_and_a_title_in_none()
    {
        ClassSettings first = Read(Two("gen_match == 5", "Taus")),
            rule = Read(Two("gen_match > 4", "Taus")),
            title = Read(Two("gen_match == 5", "Genuine taus"));

        rule.Used.Hash().ShouldBe(first.Used.Hash());
        rule.UsedForTruth.Hash().ShouldNotBe(first.UsedForTruth.Hash());
        title.UsedForTruth.Hash().ShouldBe(first.UsedForTruth.Hash());
        Read(
            Two("gen_match == 5", "Taus").Replace("role: background", "role: aside", StringComparison.Ordinal)
                + "\n  mu: { role: background, truth: gen_match == 2 }")
            .Used.Hash().ShouldNotBe(first.Used.Hash());
    }

    [Fact]
    public void Mistakes_come_all_at_once()
    {
        ConfigBlock root = Campaigns.Root("""
            classes:
              b-jet: { role: signal, truth: flavour == 5 }
              c: { role: signals, truth: flavour == }
            """);

        ClassSettings.Read(root);

        string all = string.Join('\n', root.Mistakes.Found);
        all.ShouldContain("b-jet");
        all.ShouldContain("'signals'");
        all.ShouldContain("flavour ==");
    }

    [Fact]
    public void A_scheme_needs_a_signal_and_a_background()
    {
        ConfigBlock root = Campaigns.Root("classes: { tau: { role: aside, truth: gen_match == 5 } }");

        ClassSettings.Read(root);

        string all = string.Join('\n', root.Mistakes.Found);
        all.ShouldContain("role signal");
        all.ShouldContain("role background");
    }

    private static string Two(string rule, string title) =>
        $"classes:\n  tau: {{ role: signal, title: {title}, truth: {rule} }}\n  jet: {{ role: background, truth: gen_match == 6 and sample_type == 1 }}";

    private static ClassSettings Read(string yaml)
    {
        ConfigBlock root = Campaigns.Root(yaml);
        ClassSettings classes = ClassSettings.Read(root);
        Campaigns.MistakesOf(root).ShouldBeEmpty();
        return classes;
    }
}
