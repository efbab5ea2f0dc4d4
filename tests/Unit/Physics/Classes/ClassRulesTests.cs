using Shouldly;
using TauPipeline.Columns;
using TauPipeline.Expressions;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using Xunit;

namespace TauPipeline.Tests.Unit.Physics;

/// <summary>Truth rules against the table of data-preparation 2.3, and rules of a campaign's own.</summary>
public sealed class ClassRulesTests
{
    [Theory]
    [InlineData(1, "e", null)]
    [InlineData(2, "mu", null)]
    [InlineData(3, "e", "emb_e")]
    [InlineData(4, "mu", "emb_mu")]
    [InlineData(5, "tau", "emb_tau")]
    [InlineData(6, "jet", "emb_jet")]
    [InlineData(0, null, null)]
    public void Standard_classes_follow_from_match_and_sample(int match, string? simulated, string? embedded)
    {
        TauClass?[] found = ClassRules.Of(StandardClasses.Scheme, Rows((match, 1), (match, 2), (match, 0)));

        found.Select(one => one?.Name).ShouldBe([simulated, embedded, "data"]);
    }

    [Fact]
    public void Standard_classes_keep_the_numbers_of_their_column() =>
        StandardClasses.Scheme.All.Select(one => (one.Index, one.Name)).ShouldBe(
            [(0, "e"), (1, "mu"), (2, "tau"), (3, "jet"), (4, "emb_e"), (5, "emb_mu"), (6, "emb_tau"), (7, "emb_jet"), (8, "data")]);

    [Fact]
    public void A_campaign_may_tell_taus_apart_by_decay_mode()
    {
        ClassScheme scheme = Scheme(
            ("tau_1p", ClassRole.Signal, "gen_match == 5 and tau_decayMode in {0, 1, 2}"),
            ("tau_3p", ClassRole.Signal, "gen_match == 5 and tau_decayMode >= 10"),
            ("jet", ClassRole.Background, "gen_match == 6"));
        Batch rows = Rows((5, 1), (5, 1), (6, 1), (1, 1)).With(new Column<int>("tau_decayMode", new[] { 1, 11, 0, 0 }));

        ClassRules.Of(scheme, rows).Select(one => one?.Name).ShouldBe(["tau_1p", "tau_3p", "jet", null]);
    }

    [Fact]
    public void A_candidate_in_two_classes_is_refused_with_both_names_and_the_rule()
    {
        ClassScheme scheme = Scheme(("tau", ClassRole.Signal, "gen_match >= 5"), ("jet", ClassRole.Background, "gen_match == 6"));

        ErrorText error = Should.Throw<StepFailed>(() => ClassRules.Of(scheme, Rows((5, 1), (6, 1)))).Text;

        error.Title.ShouldContain("'tau' and 'jet'");
        error.Facts.Select(fact => fact.Value).ShouldContain("1");
        error.Facts.Select(fact => fact.Value).ShouldContain("gen_match == 6 (here)");
    }

    [Fact]
    public void Several_signals_score_together_against_one_background()
    {
        ClassScheme scheme = Scheme(
            ("tau_1p", ClassRole.Signal, "0"),
            ("tau_3p", ClassRole.Signal, "0"),
            ("jet", ClassRole.Background, "0"));
        var rows = new Batch([
            new Column<float>("score_tau_1p", new[] { 0.25f, 0f }),
            new Column<float>("score_tau_3p", new[] { 0.25f, 0f }),
            new Column<float>("score_jet", new[] { 0.5f, 1f }),
        ]);

        ScoreVs.Of(scheme, scheme.Parse("jet"), rows).ShouldBe([0.5, 0]);
    }

    [Fact]
    public void A_column_of_types_from_another_campaign_is_refused() =>
        Should.Throw<StepFailed>(() => StandardClasses.Scheme.Of(9)).Text.Facts.Select(fact => fact.Value).ShouldBe(["9", "0 to 8"]);

    private static ClassScheme Scheme(params (string Name, ClassRole Role, string Truth)[] classes) =>
        new([
            .. classes.Select(
                (one, index) => new ClassDefinition(new TauClass(index, one.Name), one.Role, one.Name, Expression.Parse(one.Truth, "here"))
            ),
        ]);

    private static Batch Rows(params (int Match, int Sample)[] rows) =>
        new([
            new Column<int>(CandidateColumns.GenMatch, Array.ConvertAll(rows, row => row.Match)),
            new Column<int>(CandidateColumns.SampleType, Array.ConvertAll(rows, row => row.Sample)),
        ]);
}
