using Shouldly;
using TauPipeline.Columns;
using TauPipeline.Foundation;
using Xunit;

namespace TauPipeline.Tests.Unit.Columns;

/// <summary>One type for the columns of several files, and values brought to it.</summary>
public sealed class CommonSchemaTests
{
    [Theory]
    [InlineData(ColumnType.Int16, ColumnType.Int32, ColumnType.Int32)]
    [InlineData(ColumnType.UInt32, ColumnType.Int64, ColumnType.Int64)]
    [InlineData(ColumnType.Float32, ColumnType.Float64, ColumnType.Float64)]
    [InlineData(ColumnType.UInt8, ColumnType.Int8, ColumnType.Int16)]
    [InlineData(ColumnType.UInt8, ColumnType.Int32, ColumnType.Int32)]
    [InlineData(ColumnType.UInt16, ColumnType.UInt32, ColumnType.UInt32)]
    [InlineData(ColumnType.UInt32, ColumnType.Int32, ColumnType.Int64)]
    [InlineData(ColumnType.UInt64, ColumnType.Int32, ColumnType.Int64)]
    [InlineData(ColumnType.Bool, ColumnType.UInt8, ColumnType.UInt8)]
    [InlineData(ColumnType.Bool, ColumnType.Float32, ColumnType.Float32)]
    [InlineData(ColumnType.Int16, ColumnType.Float32, ColumnType.Float32)]
    [InlineData(ColumnType.Int32, ColumnType.Float32, ColumnType.Float64)]
    [InlineData(ColumnType.UInt8, ColumnType.Float64, ColumnType.Float64)]
    public void Two_types_have_the_narrowest_that_holds_both(ColumnType one, ColumnType other, ColumnType common)
    {
        CommonSchema.Of(one, other).ShouldBe(common);
        CommonSchema.Of(other, one).ShouldBe(common);
    }

    [Fact]
    public void Every_pair_has_a_type_that_both_may_be_taken_as()
    {
        foreach (ColumnType one in Enum.GetValues<ColumnType>())
            foreach (ColumnType other in Enum.GetValues<ColumnType>())
            {
                ColumnType common = CommonSchema.Of(one, other);
                ColumnCast.IsAllowed(one, common).ShouldBeTrue($"{one} as {common}");
                CommonSchema.Of(common, one).ShouldBe(common);
                ColumnTypes.Parse(ColumnTypes.Name(common)).ShouldBe(common);
            }
    }

    [Fact]
    public void What_a_source_lacks_is_of_a_type_that_can_be_missing_and_order_is_that_of_the_sources()
    {
        var common = new CommonSchema();
        common.Add("a", [new("pt", ColumnType.Float32), new("id", ColumnType.UInt8), new("charge", ColumnType.Int16)]);
        common.Add("b", [new("charge", ColumnType.Int32), new("pt", ColumnType.Float32), new("new", ColumnType.UInt32)]);

        common.Build()
            .Columns.ShouldBe([
                new("pt", ColumnType.Float32),
                new("id", ColumnType.Int16),
                new("charge", ColumnType.Int32),
                new("new", ColumnType.Int64),
            ]);
    }

    [Fact]
    public void Numbers_here_and_lists_there_are_refused_with_both_files_and_types()
    {
        var common = new CommonSchema();
        common.Add("zee/a.root", [new("pt", ColumnType.Float32)]);

        StepFailed error = Should.Throw<StepFailed>(() => common.Add("qcd/b.root", [new("pt", ColumnType.Float64, "Tau")]));

        error.Text.Title.ShouldContain("'pt'");
        error.Text.Facts.ShouldBe([("zee/a.root", "float32, one a row"), ("qcd/b.root", "float64[] of Tau")]);
    }

    [Fact]
    public void Wider_values_are_the_same_and_missing_ones_stay_missing()
    {
        var column = new JaggedColumn<short>("x", "Tau", new[] { 0, 2, 3 }, new short[] { -5, short.MinValue, 7 });

        ((JaggedColumn<int>)ColumnCast.To(column, ColumnType.Int32)).Values.ToArray().ShouldBe([-5, int.MinValue, 7]);
        ((JaggedColumn<float>)ColumnCast.To(column, ColumnType.Float32)).Values.ToArray().ShouldBe([-5f, float.NaN, 7f]);
        ((JaggedColumn<float>)ColumnCast.To(column, ColumnType.Float32)).Offsets.ToArray().ShouldBe([0, 2, 3]);
        ColumnCast.To(column, ColumnType.Int16).ShouldBeSameAs(column);
        ((Column<byte>)ColumnCast.To(new Column<bool>("b", new[] { true, false }), ColumnType.UInt8))
            .Values.ToArray()
            .ShouldBe([(byte)1, (byte)0]);
        ((Column<float>)ColumnCast.To(new Column<double>("d", new[] { 1.5, double.NaN }), ColumnType.Float32))
            .Values.ToArray()
            .ShouldBe([1.5f, float.NaN]);
    }

    [Fact]
    public void A_number_without_room_is_refused_with_its_value()
    {
        foreach (Column column in new Column[]
        {
            new Column<int>("run", new[] { 3, -1 }),
            new Column<int>("run", new[] { 3, int.MinValue }),
            new Column<long>("run", new[] { 1L << 32 }),
        })
            Should.Throw<StepFailed>(() => ColumnCast.To(column, ColumnType.UInt32)).Text.Title.ShouldContain("'run'");

        // 2^53 + 1 is no double; 2^53 is. 2^63 is no int64. -128 would say "missing" in eight bits.
        Should.Throw<StepFailed>(() => ColumnCast.To(new Column<long>("n", new[] { (1L << 53) + 1 }), ColumnType.Float64))
            .Text.Facts[0]
            .ShouldBe(("found", "9007199254740993"));
        ColumnCast.To(new Column<long>("n", new[] { 1L << 53 }), ColumnType.Float64).ToDoubles().ShouldBe([9007199254740992.0]);
        Should.Throw<StepFailed>(() => ColumnCast.To(new Column<ulong>("n", new[] { 1UL << 63 }), ColumnType.Int64));
        Should.Throw<StepFailed>(() => ColumnCast.To(new Column<short>("n", new short[] { -128 }), ColumnType.Int8));
        Should.Throw<Defect>(() => ColumnCast.To(new Column<float>("n", new[] { 1f }), ColumnType.Int32));
    }

    [Fact]
    public void Lists_that_are_not_there_are_as_long_as_those_of_their_table_and_empty_without_one()
    {
        var rows = new Batch([
            new Column<int>("n", new[] { 1, 2 }),
            new JaggedColumn<float>("pfCand_pt", "pfCand", new[] { 0, 1, 3 }, new[] { 1f, 2f, 3f }),
        ]);
        var schema = new Schema([
            new("pfCand_q", ColumnType.Int8, "pfCand"),
            new("muon_pt", ColumnType.Float32, "muon"),
            new("pfCand_pt", ColumnType.Float64, "pfCand"),
            new("m", ColumnType.Float64),
        ]);

        Batch conformed = Conformed.To(schema, rows);

        conformed.Schema.Columns.ShouldBe(schema.Columns);
        conformed.Jagged<sbyte>("pfCand_q").Offsets.ToArray().ShouldBe([0, 1, 3]);
        conformed.Jagged<sbyte>("pfCand_q").Values.ToArray().ShouldAllBe(value => value == sbyte.MinValue);
        conformed.Jagged<float>("muon_pt").Offsets.ToArray().ShouldBe([0, 0, 0]);
        conformed.Jagged<double>("pfCand_pt").Values.ToArray().ShouldBe([1.0, 2.0, 3.0]);
        conformed["m"].ToDoubles().ShouldBe([double.NaN, double.NaN]);
    }
}
