using Shouldly;
using TauPipeline.Columns;
using TauPipeline.Expressions;
using TauPipeline.Foundation;
using TauPipeline.Physics;
using Xunit;

namespace TauPipeline.Tests.Unit.Physics.Lists;

/// <summary>Three candidates: of five tracks, of none, of two.</summary>
public sealed class ListRowsTests
{
    private static readonly int[] s_offsets = [0, 5, 5, 7];
    private static readonly float[] s_pt = [2, float.NaN, 7, 2, 1, 3, 4];
    private static readonly float[] s_charge = [1, -1, 0, 1, -1, 0, 1];

    [Theory]
    [InlineData(9, new[] { 0, 5, 5, 7 }, new float[] { 7, 2, 2, 1, 0, 4, 3 })] // what is missing comes last
    [InlineData(2, new[] { 0, 2, 2, 4 }, new float[] { 7, 2, 4, 3 })]
    public void The_hardest_objects_of_each_row_come_first_and_no_more_than_so_many(int most, int[] offsets, float[] values)
    {
        ListRows rows = Of(List(most, Value("pt", "tr_pt")), s_pt);

        rows.Offsets.ShouldBe(offsets);
        rows.Values.ShouldBe(values);
    }

    [Fact]
    public void Of_equal_ones_the_first_is_first()
    {
        // Numbers 0 to 6, in the order of pt: 2 and 2 are those numbered 0 and 3.
        ListRows rows = Of(List(3, Value("number", "tr_number")), s_pt);

        rows.Values.ShouldBe([2, 0, 3, 6, 5]);
    }

    [Fact]
    public void Another_order_and_the_rule_of_the_group_are_obeyed()
    {
        ObjectList list = List(2, Value("pt", "tr_number")) with { By = Expression.Parse("0 - tr_number", "") };
        list = list with { Group = list.Group with { When = Expression.Parse("tr_charge != 0", "") } };

        ListRows rows = Of(list, s_pt);

        rows.Offsets.ShouldBe([0, 2, 2, 3]);
        rows.Values.ShouldBe([0, 1, 6]);
    }

    [Fact]
    public void Features_of_the_candidate_and_of_the_object_are_scaled_and_padded_side_by_side()
    {
        Feature[] features =
        [
            Value("fraction", "tr_pt / tau_pt"),
            Value("hard", "tr_pt") with { When = Expression.Parse("tr_pt > 3", "") },
        ];
        var scaling = new FeatureScaling(
            [FeatureScale.Linear("fraction", ConstituentCone.Global, 0, 1), FeatureScale.Identity("hard") with { Pad = -0.5 }]);

        ListRows rows = ListRows.Of(Rows(s_pt, s_offsets), List(1, features), scaling);

        rows.Values.ShouldBe([2 * 7 / 10f - 1, 7, 2 * 4 / 20f - 1, 4], 1e-6);
        ListRows.Of(Rows([1, 1, 1, 1, 1, 1, 1], s_offsets), List(1, features), scaling).Values[1].ShouldBe(-0.5f);
    }

    [Fact]
    public void A_row_s_objects_do_not_depend_on_the_rows_beside_it()
    {
        Batch all = Rows(s_pt, s_offsets);
        ObjectList list = List(3, Value("pt", "tr_pt"));

        ListRows alone = ListRows.Of(all.Take([2]), list, Plain(list));

        alone.Offsets.ShouldBe([0, 2]);
        alone.Values.ShouldBe([4, 3]);
    }

    [Fact]
    public void Lists_of_different_lengths_and_numbers_in_place_of_lists_are_told_with_their_column()
    {
        ObjectList list = List(3, Value("charge", "tr_charge"));
        var shifted = new Batch([.. Rows(s_pt, s_offsets).Columns.Where(column => column.Spec.Name != "tr_charge"),
            new JaggedColumn<float>("tr_charge", "n", (int[])[0, 4, 5, 7], s_charge)]);
        var flat = new Batch([new Column<float>("tr_pt", (float[])[1, 2]), new Column<float>("tr_charge", (float[])[1, 2])]);

        StepFailed lengths = Should.Throw<StepFailed>(() => ListRows.Of(shifted, list, Plain(list)));

        lengths.Text.Facts.ShouldContain(("tr_charge", "4"));
        Should.Throw<StepFailed>(() => ListRows.Of(flat, list, Plain(list))).Message.ShouldContain("'tr_pt' holds one number");
    }

    private static ListRows Of(ObjectList list, float[] pt) => ListRows.Of(Rows(pt, s_offsets), list, Plain(list));

    private static ObjectList List(int most, params Feature[] features) =>
        new(new FeatureGroup("tracks", features) { Constituents = "tr" }, most);

    private static Feature Value(string name, string value) =>
        new(name, ScalingKind.NoScaling, null) { Constituents = "tr", Group = "tracks", Value = Expression.Parse(value, "") };

    private static FeatureScaling Plain(ObjectList list) =>
        new(list.Group.Features.Select(feature => FeatureScale.Identity(feature.Name)));

    private static Batch Rows(float[] pt, int[] offsets) => new(
    [
        new Column<float>("tau_pt", (float[])[10, 20, 20]),
        new JaggedColumn<float>("tr_pt", "n", offsets, pt),
        new JaggedColumn<float>("tr_charge", "n", offsets, s_charge),
        new JaggedColumn<float>("tr_number", "n", offsets, (float[])[0, 1, 2, 3, 4, 5, 6]),
    ]);
}
