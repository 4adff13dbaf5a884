// What Go's own verifier of its checksum database (golang.org/x/mod/sumdb, BSD) says of a log in a folder.
// Arguments: the log's key line, the folder, an earlier checkpoint's file, and a leaf's index and hash in hex.
package main

import (
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const width = 256

// stored holds the hashes of a whole tree as Go lays them out.
type stored []tlog.Hash

func (s stored) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	found := make([]tlog.Hash, len(indexes))
	for i, at := range indexes {
		if at >= int64(len(s)) {
			return nil, fmt.Errorf("there is no hash %d", at)
		}
		found[i] = s[at]
	}
	return found, nil
}

// rebuilt reads every tile of leaves and makes the tree anew.
func rebuilt(place string, size int64) stored {
	var all stored
	for at := int64(0); at < size; at += width {
		tile := tlog.Tile{H: 8, L: 0, N: at / width, W: int(min(width, size-at))}
		// C2SP leaves the height out of the path: "tile/8/0/000" is "tile/0/000" there.
		data, err := os.ReadFile(filepath.Join(place, "tile/"+tile.Path()[len("tile/8/"):]))
		must(err, "tiles")
		if len(data) != tile.W*tlog.HashSize {
			must(fmt.Errorf("%s has %d bytes", tile.Path(), len(data)), "tiles")
		}
		for i := 0; i < tile.W; i++ {
			more, err := tlog.StoredHashesForRecordHash(at+int64(i), tlog.Hash(data[i*tlog.HashSize:(i+1)*tlog.HashSize]), all)
			must(err, "tiles")
			all = append(all, more...)
		}
	}
	return all
}

func must(err error, what string) {
	if err != nil {
		fmt.Printf("NO   %s: %v\n", what, err)
		os.Exit(1)
	}
}

func opened(file, key string) tlog.Tree {
	verifier, err := note.NewVerifier(key)
	must(err, "key")
	text, err := os.ReadFile(file)
	must(err, "checkpoint")
	signed, err := note.Open(text, note.VerifierList(verifier))
	must(err, "signature")
	var origin, root string
	var size int64
	_, err = fmt.Sscanf(signed.Text, "%s\n%d\n%s\n", &origin, &size, &root)
	must(err, "checkpoint")
	hash, err := tlog.ParseHash(root)
	must(err, "root")
	return tlog.Tree{N: size, Hash: hash}
}

func main() {
	key, place := os.Args[1], os.Args[2]
	now, before := opened(filepath.Join(place, "checkpoint"), key), opened(os.Args[3], key)
	hashes := rebuilt(place, now.N)
	root, err := tlog.TreeHash(now.N, hashes)
	must(err, "tiles")
	if root != now.Hash {
		must(fmt.Errorf("another root"), "tiles")
	}
	between, err := tlog.ProveTree(now.N, before.N, hashes)
	must(err, "consistency")
	must(tlog.CheckTree(between, now.N, now.Hash, before.N, before.Hash), "consistency")
	index, err := strconv.ParseInt(os.Args[4], 10, 64)
	must(err, "index")
	path, err := tlog.ProveRecord(now.N, index, hashes)
	must(err, "inclusion")
	raw, err := hex.DecodeString(os.Args[5])
	must(err, "leaf")
	var leaf tlog.Hash
	copy(leaf[:], raw)
	must(tlog.CheckRecord(path, now.N, now.Hash, index, leaf), "inclusion")
	fmt.Println("yes  signature, tiles, consistency and inclusion hold")
}
