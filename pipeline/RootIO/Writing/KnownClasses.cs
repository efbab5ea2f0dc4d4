namespace TauPipeline.RootIO;

/// <summary>
/// The classes that a written tree is made of, as ROOT 6.20 to 6.26 describe them in the public test files. A reader that
/// interprets bytes by these descriptions (JSROOT does) must find each class that occurs, with the members as they are written.
/// </summary>
internal static class KnownClasses
{
    // class|version|checksum, then its members: kind|name|type code|size|type name|extra|title. Only what a reader uses
    // of a title is kept: the member that counts a pointer's values, or an arrow.
    private const string Table = """
        TObject|1|2417737773
          BasicType|fUniqueID|13|4|unsigned int
          BasicType|fBits|15|4|unsigned int
        TNamed|1|3753331260
          Base|TObject|66|0|BASE|1
          String|fName|65|24|TString
          String|fTitle|65|24|TString
        TString|2|95257
        TCollection|3|1474546588
          Base|TObject|66|0|BASE|1
          String|fName|65|24|TString
          BasicType|fSize|3|4|int
        TSeqCollection|0|4234951622
          Base|TCollection|0|0|BASE|3
        TList|5|1774568379
          Base|TSeqCollection|0|0|BASE|0
        TObjArray|3|2845730130
          Base|TSeqCollection|0|0|BASE|0
          BasicType|fLowerBound|3|4|int
          BasicType|fLast|3|4|int
        TAttLine|2|2483504457
          BasicType|fLineColor|2|2|short
          BasicType|fLineStyle|2|2|short
          BasicType|fLineWidth|2|2|short
        TAttFill|2|4292422290
          BasicType|fFillColor|2|2|short
          BasicType|fFillStyle|2|2|short
        TAttMarker|2|689802220
          BasicType|fMarkerColor|2|2|short
          BasicType|fMarkerStyle|2|2|short
          BasicType|fMarkerSize|5|4|float
        ROOT::TIOFeatures|1|446770960
          BasicType|fIOBits|11|1|unsigned char
        TTree|20|1919213695
          Base|TNamed|67|0|BASE|1
          Base|TAttLine|0|0|BASE|2
          Base|TAttFill|0|0|BASE|2
          Base|TAttMarker|0|0|BASE|2
          BasicType|fEntries|16|8|Long64_t
          BasicType|fTotBytes|16|8|Long64_t
          BasicType|fZipBytes|16|8|Long64_t
          BasicType|fSavedBytes|16|8|Long64_t
          BasicType|fFlushedBytes|16|8|Long64_t
          BasicType|fWeight|8|8|double
          BasicType|fTimerInterval|3|4|int
          BasicType|fScanField|3|4|int
          BasicType|fUpdate|3|4|int
          BasicType|fDefaultEntryOffsetLen|3|4|int
          BasicType|fNClusterRange|6|4|int
          BasicType|fMaxEntries|16|8|Long64_t
          BasicType|fMaxEntryLoop|16|8|Long64_t
          BasicType|fMaxVirtualSize|16|8|Long64_t
          BasicType|fAutoSave|16|8|Long64_t
          BasicType|fAutoFlush|16|8|Long64_t
          BasicType|fEstimate|16|8|Long64_t
          BasicPointer|fClusterRangeEnd|56|8|Long64_t*|20,fNClusterRange,TTree|[fNClusterRange]
          BasicPointer|fClusterSize|56|8|Long64_t*|20,fNClusterRange,TTree|[fNClusterRange]
          ObjectAny|fIOFeatures|62|1|ROOT::TIOFeatures
          Object|fBranches|61|64|TObjArray
          Object|fLeaves|61|64|TObjArray
          ObjectPointer|fAliases|64|8|TList*
          ObjectAny|fIndexValues|62|24|TArrayD
          ObjectAny|fIndex|62|24|TArrayI
          ObjectPointer|fTreeIndex|64|8|TVirtualIndex*
          ObjectPointer|fFriends|64|8|TList*
          ObjectPointer|fUserInfo|64|8|TList*
          ObjectPointer|fBranchRef|64|8|TBranchRef*
        TBranch|13|278366892
          Base|TNamed|67|0|BASE|1
          Base|TAttFill|0|0|BASE|2
          BasicType|fCompress|3|4|int
          BasicType|fBasketSize|3|4|int
          BasicType|fEntryOffsetLen|3|4|int
          BasicType|fWriteBasket|3|4|int
          BasicType|fEntryNumber|16|8|Long64_t
          ObjectAny|fIOFeatures|62|1|ROOT::TIOFeatures
          BasicType|fOffset|3|4|int
          BasicType|fMaxBaskets|6|4|int
          BasicType|fSplitLevel|3|4|int
          BasicType|fEntries|16|8|Long64_t
          BasicType|fFirstEntry|16|8|Long64_t
          BasicType|fTotBytes|16|8|Long64_t
          BasicType|fZipBytes|16|8|Long64_t
          Object|fBranches|61|64|TObjArray||->
          Object|fLeaves|61|64|TObjArray||->
          Object|fBaskets|61|64|TObjArray||->
          BasicPointer|fBasketBytes|43|4|int*|13,fMaxBaskets,TBranch|[fMaxBaskets]
          BasicPointer|fBasketEntry|56|8|Long64_t*|13,fMaxBaskets,TBranch|[fMaxBaskets]
          BasicPointer|fBasketSeek|56|8|Long64_t*|13,fMaxBaskets,TBranch|[fMaxBaskets]
          String|fFileName|65|24|TString
        TBranchElement|10|3880738403
          Base|TBranch|0|0|BASE|13
          String|fClassName|65|24|TString
          String|fParentName|65|24|TString
          String|fClonesName|65|24|TString
          BasicType|fCheckSum|13|4|unsigned int
          BasicType|fClassVersion|2|2|short
          BasicType|fID|3|4|int
          BasicType|fType|3|4|int
          BasicType|fStreamerType|3|4|int
          BasicType|fMaximum|3|4|int
          ObjectPointer|fBranchCount|64|8|TBranchElement*
          ObjectPointer|fBranchCount2|64|8|TBranchElement*
        TLeaf|2|1830715730
          Base|TNamed|67|0|BASE|1
          BasicType|fLen|3|4|int
          BasicType|fLenType|3|4|int
          BasicType|fOffset|3|4|int
          BasicType|fIsRange|18|1|bool
          BasicType|fIsUnsigned|18|1|bool
          ObjectPointer|fLeafCount|64|8|TLeaf*
        TLeafO|1|44976339
          Base|TLeaf|0|0|BASE|2
          BasicType|fMinimum|18|1|bool
          BasicType|fMaximum|18|1|bool
        TLeafB|1|253643614
          Base|TLeaf|0|0|BASE|2
          BasicType|fMinimum|1|1|char
          BasicType|fMaximum|1|1|char
        TLeafS|1|353169103
          Base|TLeaf|0|0|BASE|2
          BasicType|fMinimum|2|2|short
          BasicType|fMaximum|2|2|short
        TLeafI|1|2120920601
          Base|TLeaf|0|0|BASE|2
          BasicType|fMinimum|3|4|int
          BasicType|fMaximum|3|4|int
        TLeafL|1|3727820898
          Base|TLeaf|0|0|BASE|2
          BasicType|fMinimum|16|8|Long64_t
          BasicType|fMaximum|16|8|Long64_t
        TLeafF|1|987602290
          Base|TLeaf|0|0|BASE|2
          BasicType|fMinimum|5|4|float
          BasicType|fMaximum|5|4|float
        TLeafD|1|294553462
          Base|TLeaf|0|0|BASE|2
          BasicType|fMinimum|8|8|double
          BasicType|fMaximum|8|8|double
        TLeafElement|1|2689566867
          Base|TLeaf|0|0|BASE|2
          BasicType|fID|3|4|int
          BasicType|fType|3|4|int
        """;

    /// <summary>The leaf of C strings, described only where there is one.</summary>
    private const string TextTable = """
        TLeafC|1|4226003699
          Base|TLeaf|0|0|BASE|2
          BasicType|fMinimum|3|4|int
          BasicType|fMaximum|3|4|int
        """;

    /// <summary>All classes but those of texts and vectors, in the order they are written.</summary>
    public static List<StreamerInfo> All() => Parse(Table);

    /// <summary>The class of texts.</summary>
    public static List<StreamerInfo> Texts() => Parse(TextTable);

    /// <summary>The classes of a table in the form of the one above.</summary>
    public static List<StreamerInfo> Parse(string table)
    {
        List<StreamerInfo> classes = [];
        foreach (string line in table.Split('\n'))
        {
            string[] cells = line.Trim().Split('|');
            if (!line.StartsWith(' '))
                classes.Add(
                    new StreamerInfo
                    {
                        ClassName = cells[0],
                        ClassVersion = Number(cells[1]),
                        Checksum = uint.Parse(cells[2], Invariant),
                    });
            else classes[^1].Elements.Add(Element(cells));
        }
        return classes;
    }

    /// <summary>A vector of a basic type, or of vectors.</summary>
    public static StreamerInfo Of(VectorType type) => new()
    {
        ClassName = type.ClassName,
        ClassVersion = 6,
        Checksum = type.Checksum,
        Elements =
        [
            new StreamerElement("TStreamerSTL")
            {
                Name = "This",
                Type = 500,
                TypeName = type.ClassName,
                Extra = ["1", $"{type.ElementCode}"],
            },
        ],
    };

    private static readonly System.Globalization.CultureInfo Invariant = System.Globalization.CultureInfo.InvariantCulture;

    private static StreamerElement Element(string[] cells) => new("TStreamer" + cells[0])
    {
        Name = cells[1],
        Type = Number(cells[2]),
        Size = Number(cells[3]),
        TypeName = cells[4],
        Extra = cells.Length > 5 && cells[5].Length > 0 ? cells[5].Split(',') : [],
        Title = cells.Length > 6 ? cells[6] : "",
    };

    private static int Number(string text) => int.Parse(text, Invariant);
}
