using Shouldly;
using TauPipeline.Columns;
using TauPipeline.Foundation;
using Xunit;

namespace TauPipeline.Tests.Unit.Columns;

public sealed class MissingTests
{
    [Fact]
    public void Every_type_has_one_value_for_it_or_none()
    {
        Missing.Of<sbyte>().ShouldBe((sbyte)-128);
        Missing.Of<short>().ShouldBe((short)-32768);
        Missing.Of<int>().ShouldBe(-2147483648);
        Missing.Of<long>().ShouldBe(-9223372036854775808);
        Missing.Of<float>().ShouldBe(float.NaN);
        Missing.Of<double>().ShouldBe(double.NaN);
        Should.Throw<Defect>(() => Missing.Of<byte>());
        Should.Throw<Defect>(() => Missing.Of<bool>());
    }

    [Fact]
    public void The_lowest_value_is_missing_and_its_neighbour_is_not()
    {
        (Missing.Is(int.MinValue), Missing.Is(int.MinValue + 1), Missing.Is(0)).ShouldBe((true, false, false));
        (Missing.Is(long.MinValue), Missing.Is((long)int.MinValue)).ShouldBe((true, false));
        (Missing.Is(float.NaN), Missing.Is(float.MinValue), Missing.Is(float.NegativeInfinity)).ShouldBe((true, false, false));
        (Missing.Is((byte)0), Missing.Is(0ul), Missing.Is(false)).ShouldBe((false, false, false));
    }

    [Fact]
    public void A_type_without_a_value_to_spare_is_widened_to_one_that_holds_it()
    {
        foreach (ColumnType type in Enum.GetValues<ColumnType>())
        {
            Missing.In(Missing.Widened(type)).ShouldBeTrue();
            Missing.Everywhere(new ColumnSpec("x", Missing.Widened(type)), 2).ToDoubles().ShouldBe([double.NaN, double.NaN]);
        }
        Missing.Widened(ColumnType.UInt8).ShouldBe(ColumnType.Int16);
        Missing.Widened(ColumnType.UInt32).ShouldBe(ColumnType.Int64);
        Missing.In(ColumnType.UInt16).ShouldBeFalse();
        Should.Throw<Defect>(() => Missing.Everywhere(new ColumnSpec("x", ColumnType.Bool), 1));
    }

    [Fact]
    public void As_numbers_missing_values_are_NaN_in_lists_as_well()
    {
        new Column<int>("a", new[] { int.MinValue, -1, int.MaxValue }).ToDoubles().ShouldBe([double.NaN, -1, 2147483647]);
        new Column<byte>("b", new byte[] { 0, 128, 255 }).ToDoubles().ShouldBe([0, 128, 255]);
        new JaggedColumn<short>("c", "t", new[] { 0, 2 }, new short[] { -32768, 7 }).ToDoubles().ShouldBe([double.NaN, 7]);
    }

    [Fact]
    public void At_the_door_the_lowest_float_becomes_NaN_and_nothing_else_changes()
    {
        Batch marked = ForeignMissing.Marked(new Batch([
            new Column<float>("f", new[] { float.MinValue, -3.4e38f, float.NegativeInfinity }),
            new Column<double>("d", new[] { double.MinValue, float.MinValue, -3.4e38 }),
            new JaggedColumn<float>("list", "t", new[] { 0, 1, 1, 3 }, new[] { 1, float.MinValue, 2 }),
            new Column<int>("i", new[] { int.MinValue, 0, 1 }),
        ]));

        marked.Flat<float>("f").ToArray().ShouldBe([float.NaN, -3.4e38f, float.NegativeInfinity]);
        marked.Flat<double>("d").ToArray().ShouldBe([double.NaN, double.NaN, -3.4e38]);
        marked.Jagged<float>("list").Values.ToArray().ShouldBe([1, float.NaN, 2]);
        marked.Jagged<float>("list").Offsets.ToArray().ShouldBe([0, 1, 1, 3]);
        marked.Flat<int>("i").ToArray().ShouldBe([int.MinValue, 0, 1]);
    }
}
