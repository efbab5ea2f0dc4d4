using TauPipeline.Columns;
using TauPipeline.Formats;
using TauPipeline.Foundation;
using TauPipeline.Physics;

namespace TauPipeline.Stages;

/// <summary>Writes the rows of one sample into files of so many rows, as they come.</summary>
internal sealed class TrainingFileWriter(
    FolderWriter folder, (string Name, long Rows) sample, long rowsPerFile, (IReadOnlyList<string> Classes, string Method) facts)
{
    private readonly long[] _counts = new long[facts.Classes.Count];
    private RecordsFile? _open;
    private long _written;
    private int _files;

    /// <summary>Constituents that had no slot.</summary>
    public long Cut { get; private set; }

    /// <summary>Adds rows.</summary>
    public void Append(Batch rows, IReadOnlyList<RecordTable> tables)
    {
        for (int first = 0; first < rows.Rows;)
        {
            _open ??= new RecordsFile(folder.File(NextName()), tables);
            int count = (int)Math.Min(rows.Rows - first, rowsPerFile - _open.Rows);
            Batch part = count == rows.Rows ? rows : rows.Take([.. Enumerable.Range(first, count)]);
            foreach (int type in part.Flat<int>(CandidateColumns.Type)) _counts[type]++;
            _open.Append(part);
            first += count;
            if (_open.Rows == rowsPerFile) Close();
        }
    }

    /// <summary>Finishes the last file, and the account of all.</summary>
    /// <exception cref="Defect">Rows are missing: they were planned, and must all have come.</exception>
    public void Complete()
    {
        Close();
        if (_written != sample.Rows) throw new Defect($"{_written} of {sample.Rows} {sample.Name} rows were written");
    }

    private string NextName() => rowsPerFile >= sample.Rows
        ? $"pp_output_{sample.Name}.h5"
        : $"pp_output_{sample.Name}_split_{_files++:D3}.h5";

    private void Close()
    {
        if (_open is null) return;
        _open.Complete(facts.Classes, new Dictionary<string, string>
        {
            ["jet_counts"] = $"{{{string.Join(", ", facts.Classes.Select((name, one) => $"\"{name}\": {_counts[one]}"))}}}",
            ["resampling_method"] = facts.Method,
        });
        _written += _open.Rows;
        Cut += _open.Cut;
        _open.Dispose();
        _open = null;
        Array.Clear(_counts);
    }
}
