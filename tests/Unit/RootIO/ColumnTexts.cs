using System.Globalization;
using TauPipeline.Columns;
using TauPipeline.RootIO;

namespace TauPipeline.Tests.Unit.RootIO;

/// <summary>The values of columns as text: numbers rounded to float32, so that readers that hold them otherwise compare.</summary>
internal static class ColumnTexts
{
    /// <summary>All numbers or texts end to end.</summary>
    public static string[] Flat(this RootColumn column)
    {
        if (column.Shape.IsText) return [.. Enumerable.Range(0, column.Items).Select(column.Text)];
        return [.. column.Doubles().Select(value => ((float)value).ToString(CultureInfo.InvariantCulture))];
    }

    /// <summary>All numbers end to end.</summary>
    public static double[] Doubles(this RootColumn column)
    {
        Column flat = column switch
        {
            RootColumn<bool> typed => new Column<bool>("x", typed.Values.ToArray()),
            RootColumn<sbyte> typed => new Column<sbyte>("x", typed.Values.ToArray()),
            RootColumn<byte> typed => new Column<byte>("x", typed.Values.ToArray()),
            RootColumn<short> typed => new Column<short>("x", typed.Values.ToArray()),
            RootColumn<ushort> typed => new Column<ushort>("x", typed.Values.ToArray()),
            RootColumn<int> typed => new Column<int>("x", typed.Values.ToArray()),
            RootColumn<uint> typed => new Column<uint>("x", typed.Values.ToArray()),
            RootColumn<long> typed => new Column<long>("x", typed.Values.ToArray()),
            RootColumn<ulong> typed => new Column<ulong>("x", typed.Values.ToArray()),
            RootColumn<float> typed => new Column<float>("x", typed.Values.ToArray()),
            RootColumn<double> typed => new Column<double>("x", typed.Values.ToArray()),
            _ => throw new InvalidOperationException(column.Shape.TypeName),
        };
        return flat.ToDoubles();
    }

    /// <summary>Each entry with its lists in brackets: <c>[[1,2],[]]</c>.</summary>
    public static string[] Lists(this RootColumn column) => column.Lists(column.Flat());

    /// <summary>The same of other texts for its items.</summary>
    public static string[] Lists(this RootColumn column, string[] items)
    {
        foreach (int length in column.Shape.Dimensions.Reverse()) items = [.. items.Chunk(length).Select(List)];
        for (int level = column.Shape.Levels - (column.Shape.IsText ? 2 : 1); level >= 0; level--)
        {
            int[] offsets = column.Offsets(level).ToArray();
            items = [.. Enumerable.Range(0, offsets.Length - 1).Select(i => List(items[offsets[i]..offsets[i + 1]]))];
        }
        return items;
    }

    private static string List(IEnumerable<string> items) => "[" + string.Join(",", items) + "]";
}
