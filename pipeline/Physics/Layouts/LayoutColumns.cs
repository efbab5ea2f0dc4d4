using TauPipeline.Columns;

namespace TauPipeline.Physics;

/// <summary>Columns made for candidates.</summary>
internal static class LayoutColumns
{
    public static Column Constant<T>(string name, T value, int rows) where T : unmanaged
    {
        var values = new T[rows];
        Array.Fill(values, value);
        return new Column<T>(name, values);
    }

    public static Column Float32(Column column, string name)
    {
        double[] doubles = column.ToDoubles();
        var floats = new float[doubles.Length];
        for (int i = 0; i < floats.Length; i++) floats[i] = (float)doubles[i];
        return new Column<float>(name, floats);
    }

    public static Column Int32(Column column, string name)
    {
        double[] doubles = column.ToDoubles();
        var whole = new int[doubles.Length];
        for (int i = 0; i < whole.Length; i++) whole[i] = double.IsNaN(doubles[i]) ? Missing.Of<int>() : (int)doubles[i];
        return new Column<int>(name, whole);
    }

    /// <summary>The first of each entry's list; 1 of an empty one, and of a column without lists its numbers.</summary>
    public static double[] FirstOfEach(Column column)
    {
        double[] values = column.ToDoubles();
        if (!column.Spec.IsJagged) return values;
        int[] offsets = ElementRows.OffsetsOf(column);
        var first = new double[offsets.Length - 1];
        for (int i = 0; i < first.Length; i++) first[i] = offsets[i] < offsets[i + 1] ? values[offsets[i]] : 1;
        return first;
    }

    /// <summary>The columns that every layout gives, without a row.</summary>
    public static Schema Empty { get; } = new(
    [
        new(CandidateColumns.Run, ColumnType.UInt32), new(CandidateColumns.Lumi, ColumnType.UInt32),
        new(CandidateColumns.Evt, ColumnType.UInt64), new(CandidateColumns.Entry, ColumnType.Int64),
        new(CandidateColumns.TauIndex, ColumnType.Int32), new(CandidateColumns.JetIndex, ColumnType.Int32),
        new(CandidateColumns.Pt, ColumnType.Float32), new(CandidateColumns.Eta, ColumnType.Float32),
        new(CandidateColumns.Phi, ColumnType.Float32), new(CandidateColumns.DecayMode, ColumnType.Int32),
        new(CandidateColumns.Dz, ColumnType.Float32), new(CandidateColumns.Weight, ColumnType.Float32),
    ]);

    /// <summary>The same batch with the candidates' own columns in front, in their order.</summary>
    public static Batch FirstThese(Batch batch) => new(
        CandidateColumns.FromLayout.Select(name => batch[name])
            .Concat(batch.Columns.Where(column => !CandidateColumns.FromLayout.Contains(column.Spec.Name))),
        batch.Rows);
}
